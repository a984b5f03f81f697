/** Names of a browser and a system as shown to a person, from a closed list; null where unknown. */
export type Device = { browser: string | null; system: string | null }

/** Who submits: the client's network address (IPv6 as its /64) and device. Both are only as true as the proxy and browser say. */
export type Caller = { address: string; device: Device }
