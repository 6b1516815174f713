#pragma once

/* The names of settings (store/setting.h), and what they hold. */

#define SETTING_SIGN_KEY       STR("sign_key")       /* base64url of 32 bytes: reply tokens */
#define SETTING_RELAY_URL      STR("relay_url")      /* smtp://host:port or smtps://host:port */
#define SETTING_RELAY_USERNAME STR("relay_username")
#define SETTING_RELAY_PASSWORD STR("relay_password") /* sealed */
#define SETTING_WORDS_VERSION  STR("words_version")  /* of text/words.h, that the whole index was made with */
#define SETTING_REINDEX        STR("search_reindex") /* kind:id, up to where it is made anew */
#define SETTING_FORGET         STR("search_forget")  /* asked:begun, desk/search_forget.c */
#define SETTING_NOTIFICATIONS  STR("notifications")  /* which channels are on for whom has said nothing: desk/notify.h */
#define SETTING_ACCOUNT_NAME   STR("account_name")
#define SETTING_TIME_ZONE      STR("time_zone")      /* an IANA name */
#define SETTING_CURRENCY       STR("currency")       /* ISO 4217 */
#define SETTING_COMPANY_MATCH  STR("company_match")  /* {"isOn": true, "excludedDomains": […]}, desk/company_match.h */
#define SETTING_LANGUAGE       STR("language")       /* BCP 47 */
#define SETTING_CREATE_FORM    STR("create_form")    /* JSON, desk/form.c */
