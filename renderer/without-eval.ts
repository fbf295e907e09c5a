import { z } from 'zod'

// The page's policy lets nobody make functions of strings. Zod would try at its first schema, and a caught try is a
// violation all the same.
z.config({ jitless: true })
