// The words of customer and guest, in the languages of their pages.

const all = {
  en: {
    title: 'Chat, and show something', chat: 'Chat', message: 'Your message', send: 'Send', me: 'You', screen: 'Show my screen', camera: 'Show my camera',
    nothing: 'You are showing nothing.', screenShown: 'Your technician sees your screen.', cameraShown: 'Your technician sees your camera.',
    stop: 'Stop showing', refused: 'Nothing is shown: your browser or you said no.',
    alsoReads: 'Also reads and writes here:', alsoSees: 'Also sees it:', showTo: 'Also show it to', reads: 'Here with you:', nobody: 'The chat begins when the technician opens it.',
    screenSeen: 'The customer shows you their screen.', cameraSeen: 'The customer shows you their camera.', guest: 'guest',
    elsewhere: 'This goes on in another window.', goOn: 'Go on here',
  },
  fr: {
    title: 'Discuter et montrer', chat: 'Discussion', message: 'Votre message', send: 'Envoyer', me: 'Vous', screen: 'Montrer mon écran', camera: 'Montrer ma caméra',
    nothing: 'Vous ne montrez rien.', screenShown: 'Votre technicien voit votre écran.', cameraShown: 'Votre technicien voit votre caméra.',
    stop: 'Ne plus montrer', refused: 'Rien n’est montré : votre navigateur ou vous avez refusé.',
    alsoReads: 'Lit et écrit ici aussi :', alsoSees: 'Le voit aussi :', showTo: 'Montrer aussi à', reads: 'Ici avec vous :', nobody: 'La discussion commence quand le technicien l’ouvre.',
    screenSeen: 'Le client vous montre son écran.', cameraSeen: 'Le client vous montre sa caméra.', guest: 'invité',
    elsewhere: 'La suite se passe dans une autre fenêtre.', goOn: 'Continuer ici',
  },
  de: {
    title: 'Schreiben und zeigen', chat: 'Chat', message: 'Ihre Nachricht', send: 'Senden', me: 'Sie', screen: 'Bildschirm zeigen', camera: 'Kamera zeigen',
    nothing: 'Sie zeigen nichts.', screenShown: 'Ihr Techniker sieht Ihren Bildschirm.', cameraShown: 'Ihr Techniker sieht Ihre Kamera.',
    stop: 'Nicht mehr zeigen', refused: 'Es wird nichts gezeigt: Ihr Browser oder Sie haben abgelehnt.',
    alsoReads: 'Liest und schreibt hier auch:', alsoSees: 'Sieht es auch:', showTo: 'Auch zeigen:', reads: 'Mit Ihnen hier:', nobody: 'Der Chat beginnt, wenn der Techniker ihn öffnet.',
    screenSeen: 'Der Kunde zeigt Ihnen seinen Bildschirm.', cameraSeen: 'Der Kunde zeigt Ihnen seine Kamera.', guest: 'Gast',
    elsewhere: 'Es geht in einem anderen Fenster weiter.', goOn: 'Hier weitermachen',
  },
  es: {
    title: 'Escribir y mostrar', chat: 'Conversación', message: 'Su mensaje', send: 'Enviar', me: 'Usted', screen: 'Mostrar mi pantalla', camera: 'Mostrar mi cámara',
    nothing: 'No muestra nada.', screenShown: 'Su técnico ve su pantalla.', cameraShown: 'Su técnico ve su cámara.',
    stop: 'Dejar de mostrar', refused: 'No se muestra nada: su navegador o usted lo rechazó.',
    alsoReads: 'También lee y escribe aquí:', alsoSees: 'También lo ve:', showTo: 'Mostrar también a', reads: 'Aquí con usted:', nobody: 'La conversación empieza cuando el técnico la abre.',
    screenSeen: 'El cliente le muestra su pantalla.', cameraSeen: 'El cliente le muestra su cámara.', guest: 'invitado',
    elsewhere: 'Esto continúa en otra ventana.', goOn: 'Continuar aquí',
  },
  nl: {
    title: 'Schrijven en laten zien', chat: 'Chat', message: 'Uw bericht', send: 'Verzenden', me: 'U', screen: 'Mijn scherm tonen', camera: 'Mijn camera tonen',
    nothing: 'U toont niets.', screenShown: 'Uw technicus ziet uw scherm.', cameraShown: 'Uw technicus ziet uw camera.',
    stop: 'Niet meer tonen', refused: 'Er wordt niets getoond: uw browser of u hebt geweigerd.',
    alsoReads: 'Leest en schrijft hier ook:', alsoSees: 'Ziet het ook:', showTo: 'Ook tonen aan', reads: 'Hier met u:', nobody: 'De chat begint zodra de technicus die opent.',
    screenSeen: 'De klant toont u het scherm.', cameraSeen: 'De klant toont u de camera.', guest: 'gast',
    elsewhere: 'Dit gaat in een ander venster verder.', goOn: 'Hier verdergaan',
  },
  ar: {
    title: 'المحادثة والعرض', chat: 'المحادثة', message: 'رسالتك', send: 'إرسال', me: 'أنت', screen: 'عرض شاشتي', camera: 'عرض الكاميرا',
    nothing: 'أنت لا تعرض شيئا.', screenShown: 'يرى الفني شاشتك.', cameraShown: 'يرى الفني كاميرتك.',
    stop: 'إيقاف العرض', refused: 'لا يُعرض شيء: رفض المتصفح أو رفضت أنت.',
    alsoReads: 'يقرأ ويكتب هنا أيضا:', alsoSees: 'يراه أيضا:', showTo: 'عرض ذلك أيضا على', reads: 'معك هنا:', nobody: 'تبدأ المحادثة عندما يفتحها الفني.',
    screenSeen: 'يعرض لك العميل شاشته.', cameraSeen: 'يعرض لك العميل الكاميرا.', guest: 'ضيف',
    elsewhere: 'يستمر هذا في نافذة أخرى.', goOn: 'المتابعة هنا',
  },
};

export const words = language => all[language.split('-')[0]] ?? all.en;
