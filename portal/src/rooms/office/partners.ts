/** As the service has them. */
export const PARTNER_KINDS = ['Cash', 'Hardware', 'Licences', 'Connectivity', 'Transport', 'Refurbishment', 'Recycler', 'Training', 'Research', 'Other'] as const;
