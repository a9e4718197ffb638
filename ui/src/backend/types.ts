// The types of requests and views, by one name for the whole window, wherever they come from.
export type * from "./provisional";
