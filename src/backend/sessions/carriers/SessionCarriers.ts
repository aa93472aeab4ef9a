import type { CarrierKind, Route } from './Carrier';
import type { SealedCarrier } from './SealedCarrier';

/** The carriers of a session that are there, and the route that follows from the best of them. */
export class SessionCarriers {
  readonly #carriers = new Set<SealedCarrier>();
  #route: Route;

  /** @param route how the session came about */
  constructor(route: Route) {
    this.#route = route;
  }

  /** How the peer is reached, or was last. */
  get route(): Route {
    return this.#route;
  }

  /** All of them, best first. */
  get all(): SealedCarrier[] {
    return [...this.#carriers].sort((a, b) => a.rank - b.rank);
  }

  /** Those of one kind. */
  ofKind(kind: CarrierKind): SealedCarrier[] {
    return [...this.#carriers].filter((carrier) => carrier.kind === kind);
  }

  add(carrier: SealedCarrier): void {
    this.#carriers.add(carrier);
    this.#choose();
  }

  /** @returns whether it was there */
  remove(carrier: SealedCarrier): boolean {
    const wasThere = this.#carriers.delete(carrier);
    this.#choose();
    return wasThere;
  }

  clear(): void {
    this.#carriers.clear();
  }

  /** The relay has other ICE servers, or new credentials for them. @returns whether that changes the route */
  updateRelayRoute(route: Route): boolean {
    if (this.#route.kind !== 'relay') return false;
    this.#route = route;
    return true;
  }

  /** The route is that of the best carrier that has one, or of the last. */
  #choose(): void {
    this.#route = this.all.find(({ route }) => route !== null)?.route ?? this.#route;
  }
}
