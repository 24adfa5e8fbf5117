/** Stands in until `npm run api` has written the server's own document here. */
// biome-ignore-all lint/suspicious/noExplicitAny: replaced by the generated file
export type paths = {
  [path: `/api/${string}`]: { get: any; post: any; put: any; patch: any; delete: any }
}
