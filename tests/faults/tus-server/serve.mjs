// `node serve.mjs PORT FOLDER [CA CERTIFICATE KEY]`: the reference server on loopback, by mutual TLS when given the files.
// It knows no receipts: /receipts/ answers 404.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'

const [port, directory, ca, cert, key] = process.argv.slice(2)
const tus = new Server({ path: '/files', relativeLocation: true, datastore: new FileStore({ directory }) })

function answer(request, response) {
  if (request.url.startsWith('/files')) return tus.handle(request, response)
  response.writeHead(404, { 'Content-Length': 0 }).end()
}

const secured = ca && { ca: readFileSync(ca), cert: readFileSync(cert), key: readFileSync(key), requestCert: true }
const server = secured ? createSecureServer(secured, answer) : createServer(answer)
server.listen(Number(port), '127.0.0.1')
