export const endpointBadges = { Active: 'good', Disabled: 'plain', Gone: 'bad', Failing: 'bad' } as const;
export const DELIVERY_STATES = ['Pending', 'Delivered', 'Exhausted', 'Abandoned'] as const;
export const deliveryBadges = { Pending: 'wait', Delivered: 'good', Exhausted: 'bad', Abandoned: 'bad' } as const;
