import { openForm } from './form.js';

// What is no number goes as it is, and the server says what is wrong with it.
export const openTimes = () => openForm('times-form', '/settings/timeouts', text => Number.isInteger(Number(text)) ? Number(text) : text);
