/** The part of lunr that is measured here; the package has no types of its own. */
declare module 'lunr' {
  interface Builder {
    ref(name: string): void
    field(name: string): void
    add(document: object): void
  }
  interface Query {
    term(terms: unknown[], options: object): void
  }
  interface Index {
    query(describe: (query: Query) => void): { ref: string; score: number }[]
  }
  function lunr(describe: (this: Builder) => void): Index
  namespace lunr {
    function tokenizer(text: string): unknown[]
  }
  export default lunr
}
