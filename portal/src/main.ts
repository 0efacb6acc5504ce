import { VueQueryPlugin } from '@tanstack/vue-query';
import { createApp } from 'vue';
import App from './App.vue';
import './offline/kept'; // its copies are to be deleted at sign-out, also on a visit that read none
import { outbox } from './offline/outbox';
import { queries } from './queries';
import { router } from './router';
import './styles.css';
import { applyTheme } from './theme';
import { firstLanguage, i18n, setLanguage, speak } from './words';

applyTheme();
await setLanguage(firstLanguage()).catch(() => speak('en')); // its words do not come; the choice stays
createApp(App).use(i18n).use(VueQueryPlugin, { queryClient: queries }).use(router).mount('#app');
outbox.start();
