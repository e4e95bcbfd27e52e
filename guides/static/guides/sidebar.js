"use strict";
// Django opens the list of all models beside every page until somebody closes it. Below 1440 pixels tables need the room.
{
    const key = "django.admin.navSidebarIsOpen";
    if (localStorage.getItem(key) === null && window.innerWidth < 1440) {
        localStorage.setItem(key, "false");
    }
}
