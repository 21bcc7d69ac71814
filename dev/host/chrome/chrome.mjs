import { listen, serve } from '../http.mjs';
export class Chrome {
  #server = serve(() => undefined);
  async listen(port) { this.port = await listen(this.#server, port); this.url = `http://localhost:${this.port}`; }
  close() { this.#server.closeAllConnections(); return new Promise((done) => { this.#server.close(done); }); }
}
