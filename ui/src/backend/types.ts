// The types of requests and views, by one name for the whole window; the file itself is made by the host.
export type * from "./generated";
