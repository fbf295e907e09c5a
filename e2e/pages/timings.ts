/** How long a run may take where the model shares two cores with everything else. Nothing here is measured. */
export const RUN_WITHIN = { timeout: 120_000 }
