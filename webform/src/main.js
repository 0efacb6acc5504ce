import { webFormsPlugin } from '@getodk/web-forms';
import { createApp } from 'vue';
import App from './App.vue';
import './style.css';

createApp(App).use(webFormsPlugin).mount('#app');
