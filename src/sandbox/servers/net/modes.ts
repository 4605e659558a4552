/** How each stand-in of the network can behave; apart, since the command line names them without loading any server. */
export const nameServerModes = ["up", "silent", "no_name", "server_failure", "refused"] as const;
export type NameServerMode = (typeof nameServerModes)[number];

export const spotModes = ["up", "refused", "silent"] as const;
export type SpotMode = (typeof spotModes)[number];

export const cardStates = ["up", "down", "no_address"] as const;
export type CardState = (typeof cardStates)[number];

export const feedModes = ["up", "error", "garbage", "silent"] as const;
export type FeedMode = (typeof feedModes)[number];
