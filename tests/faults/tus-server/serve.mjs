// `node serve.mjs PORT FOLDER`: the reference server on loopback. It knows no receipts: /receipts/ answers 404.
import { createServer } from 'node:http'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'

const [port, directory] = process.argv.slice(2)
const tus = new Server({ path: '/files', relativeLocation: true, datastore: new FileStore({ directory }) })
createServer((request, response) => {
  if (request.url.startsWith('/files')) return tus.handle(request, response)
  response.writeHead(404, { 'Content-Length': 0 }).end()
}).listen(Number(port), '127.0.0.1')
