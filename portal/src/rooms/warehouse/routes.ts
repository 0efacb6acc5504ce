import type { Role } from '../../session';
import type { Room } from '../room';

const store: readonly Role[] = ['logistics', 'programme-office'];
const scanners: readonly Role[] = [...store, 'club'];
const seeDevices: readonly Role[] = [...scanners, 'recycler', 'donor', 'evaluator'];

const warehouse: Room = {
  name: 'warehouse',
  words: import.meta.glob('./*.json'),
  routes: [
    { path: '/scan', component: () => import('./ScanPage.vue'), meta: { roles: scanners, title: 'warehouse.scan.title' } },
    { path: '/stock', component: () => import('./DevicesPage.vue'), meta: { roles: seeDevices, title: 'warehouse.list.title' } },
    { path: '/stock/:key', component: () => import('./DevicePage.vue'), meta: { roles: seeDevices, title: 'warehouse.device.title', shows: 'device' } },
    { path: '/labels', component: () => import('./LabelsPage.vue'), meta: { roles: store, title: 'warehouse.labels.title' } },
    { path: '/shipments', component: () => import('./ShipmentsPage.vue'), meta: { roles: store, title: 'warehouse.shipment.title' } },
    { path: '/shipments/:id', component: () => import('./ShipmentPage.vue'), meta: { roles: store, title: 'warehouse.shipment.title' } },
    { path: '/counts', component: () => import('./CountsPage.vue'), meta: { roles: store, title: 'warehouse.counting.title' } },
    { path: '/counts/:id', component: () => import('./CountPage.vue'), meta: { roles: store, title: 'warehouse.counting.title' } },
  ],
  links: [
    { to: '/scan', label: { en: 'Scan', ar: 'مسح' }, roles: scanners },
    { to: '/stock', label: { en: 'Devices', ar: 'الأجهزة' }, roles: seeDevices },
    { to: '/shipments', label: { en: 'Shipments', ar: 'الشحنات' }, roles: store },
    { to: '/counts', label: { en: 'Stock counts', ar: 'الجرد' }, roles: store },
  ],
  waiting: { roles: ['logistics'], load: () => import('./WaitingList.vue') },
};

export default warehouse;
