// The least that an app can be: what Bolt and Slack cost by themselves.
import { App, type AppOptions, LogLevel, SocketModeReceiver } from '@slack/bolt'

const {
  SLACK_API_URL = '',
  SLACK_BOT_TOKEN = '',
  SLACK_APP_TOKEN,
  SLACK_SIGNING_SECRET = '',
  PORT,
} = process.env
const clientOptions = { slackApiUrl: SLACK_API_URL }
const transport: AppOptions =
  SLACK_APP_TOKEN === undefined
    ? { signingSecret: SLACK_SIGNING_SECRET }
    : {
        receiver: new SocketModeReceiver({
          appToken: SLACK_APP_TOKEN,
          logLevel: LogLevel.ERROR,
          installerOptions: { clientOptions },
        }),
      }
const app = new App({ ...transport, token: SLACK_BOT_TOKEN, clientOptions, logLevel: LogLevel.ERROR })

app.command('/career', async ({ ack, body }) => {
  await ack({ response_type: 'ephemeral', text: body.text })
})
await app.start(...(PORT === undefined ? [] : [{ port: Number(PORT), host: '127.0.0.1' }]))
