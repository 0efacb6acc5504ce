import { webFormsPlugin } from '@getodk/web-forms';
import { createApp } from 'vue';
import App from './App.vue';
import { writeLatinDigits } from './digits.js';
import './style.css';

writeLatinDigits();
createApp(App).use(webFormsPlugin).mount('#app');
