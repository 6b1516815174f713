/* The most urgent first. */
export const PRIORITIES = ["URGENT", "HIGH", "MEDIUM", "LOW"] as const;
