# Debian-based: the embedded database's native part does not run on musl.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY src src
COPY adapters adapters
COPY assets assets
COPY content content
RUN npm run build

FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --omit=dev

FROM node:24-bookworm-slim
# Inside, all addresses: what is published decides who reaches it.
ENV NODE_ENV=production DATA_DIR=/data WEB_HOST=0.0.0.0
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY assets assets
COPY content content
RUN mkdir /data && chown node /data
VOLUME /data
USER node
EXPOSE 3000
# The bot is healthy when it can answer a question.
HEALTHCHECK --interval=60s --timeout=10s --start-period=10s \
  CMD ["node", "dist/adapters/main.js", "ask", "What does an AI engineer do?"]
CMD ["node", "dist/adapters/main.js"]
