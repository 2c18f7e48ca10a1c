// The customer's words, in the languages of the customer's pages.

const all = {
  en: {
    title: 'Chat, and show something', chat: 'Chat', message: 'Your message', send: 'Send', me: 'You', screen: 'Show my screen', camera: 'Show my camera',
    nothing: 'You are showing nothing.', screenShown: 'Your technician sees your screen.', cameraShown: 'Your technician sees your camera.',
    stop: 'Stop showing', refused: 'Nothing is shown: your browser or you said no.',
  },
  fr: {
    title: 'Discuter et montrer', chat: 'Discussion', message: 'Votre message', send: 'Envoyer', me: 'Vous', screen: 'Montrer mon écran', camera: 'Montrer ma caméra',
    nothing: 'Vous ne montrez rien.', screenShown: 'Votre technicien voit votre écran.', cameraShown: 'Votre technicien voit votre caméra.',
    stop: 'Ne plus montrer', refused: 'Rien n’est montré : votre navigateur ou vous avez refusé.',
  },
  de: {
    title: 'Schreiben und zeigen', chat: 'Chat', message: 'Ihre Nachricht', send: 'Senden', me: 'Sie', screen: 'Bildschirm zeigen', camera: 'Kamera zeigen',
    nothing: 'Sie zeigen nichts.', screenShown: 'Ihr Techniker sieht Ihren Bildschirm.', cameraShown: 'Ihr Techniker sieht Ihre Kamera.',
    stop: 'Nicht mehr zeigen', refused: 'Es wird nichts gezeigt: Ihr Browser oder Sie haben abgelehnt.',
  },
  es: {
    title: 'Escribir y mostrar', chat: 'Conversación', message: 'Su mensaje', send: 'Enviar', me: 'Usted', screen: 'Mostrar mi pantalla', camera: 'Mostrar mi cámara',
    nothing: 'No muestra nada.', screenShown: 'Su técnico ve su pantalla.', cameraShown: 'Su técnico ve su cámara.',
    stop: 'Dejar de mostrar', refused: 'No se muestra nada: su navegador o usted lo rechazó.',
  },
  nl: {
    title: 'Schrijven en laten zien', chat: 'Chat', message: 'Uw bericht', send: 'Verzenden', me: 'U', screen: 'Mijn scherm tonen', camera: 'Mijn camera tonen',
    nothing: 'U toont niets.', screenShown: 'Uw technicus ziet uw scherm.', cameraShown: 'Uw technicus ziet uw camera.',
    stop: 'Niet meer tonen', refused: 'Er wordt niets getoond: uw browser of u hebt geweigerd.',
  },
  ar: {
    title: 'المحادثة والعرض', chat: 'المحادثة', message: 'رسالتك', send: 'إرسال', me: 'أنت', screen: 'عرض شاشتي', camera: 'عرض الكاميرا',
    nothing: 'أنت لا تعرض شيئا.', screenShown: 'يرى الفني شاشتك.', cameraShown: 'يرى الفني كاميرتك.',
    stop: 'إيقاف العرض', refused: 'لا يُعرض شيء: رفض المتصفح أو رفضت أنت.',
  },
};

export const words = language => all[language.split('-')[0]] ?? all.en;
