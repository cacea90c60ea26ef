//! The texts about messages of consoles, in one table: what may be behind one with how to tell, and what is said around that.

use serde::{Serialize, Serializer};

/// One table makes the enumerations, the stable ids, the texts, and the TypeScript type.
macro_rules! texts {
    (
        causes { $($cause:ident = $id:literal, $sentence:literal $how:literal;)+ }
        lines { $($line:ident = $text:literal;)+ }
    ) => {
        /// Something that may be behind a message of a console, under its stable id.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        #[allow(rustdoc::invalid_html_tags, reason = "the documentation is the text, which names elements")]
        pub enum CauseId {
            $(#[doc = concat!("```text\n", $sentence, "\n```")] $cause,)+
        }

        impl CauseId {
            /// Every cause.
            pub const ALL: &[Self] = &[$(Self::$cause,)+];

            /// The stable id, such as `cause-error-answer`.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$cause => $id,)+ }
            }

            /// What it is.
            pub(super) const fn sentence(self) -> &'static str {
                match self { $(Self::$cause => $sentence,)+ }
            }

            /// How to tell that it is this one.
            pub(super) const fn how_to_tell(self) -> &'static str {
                match self { $(Self::$cause => $how,)+ }
            }
        }

        /// What is said around the causes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum LeadText { $($line,)+ }

        impl LeadText {
            /// Every one.
            #[cfg(test)]
            pub(super) const ALL: &[Self] = &[$(Self::$line,)+];

            pub(super) const fn text(self) -> &'static str {
                match self { $(Self::$line => $text,)+ }
            }
        }

        #[cfg(feature = "wasm")]
        #[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
        const CAUSE_TYPE: &str = concat!(
            "/** Something that may be behind a message of a console, by its stable id. */\nexport type CauseId =",
            $("\n  | \"", $id, "\"",)+ ";\n"
        );
    };
}

impl Serialize for CauseId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

texts! {
    causes {
        // The answer does not allow the page.
        ErrorAnswer = "cause-error-answer",
            "The server, or a proxy before it, answers with an error, and its error pages leave the header out."
            "The command prints a status of 400 or more.";
        ServerFails = "cause-server-fails",
            "The server is failing, and its error pages leave the CORS headers out."
            "The command prints a status of 500 or more: look into the server's log first.";
        NoCors = "cause-no-cors",
            "The server sends no CORS headers for this URL at all."
            "The command prints a status of 200 to 299 and no line that begins with `Access-Control-`, whatever origin it is given.";
        OriginNotListed = "cause-origin-not-listed",
            "The server has a list of origins, and {page} is not in it."
            "With an origin that works elsewhere in place of {page}, the command prints `Access-Control-Allow-Origin`.";
        Redirected = "cause-redirected",
            "The server redirects, for instance to a login page, and the redirect or what is behind it does not allow the page."
            "The command prints a status of 300 to 399 and a `Location`.";
        Stored = "cause-stored",
            "A cache gives an answer that was stored for a request without `Origin`."
            "The command prints `Access-Control-Allow-Origin`, and the error is gone while the cache is turned off in the developer tools.";
        OneOrigin = "cause-one-origin",
            "The server sends one fixed origin, `{value}`, which is not this page's."
            "The command prints the same value, whatever origin it is given.";
        Spelling = "cause-spelling",
            "The value means this page and is written otherwise: a slash at the end, another port, http for https, www."
            "Compare `{value}` with `{page}` letter by letter.";
        StoredOther = "cause-stored-other",
            "A cache gives an answer that was stored for another page."
            "The command prints `{page}`, and no `Vary: Origin`.";
        Tainted = "cause-tainted",
            "Redirects led over several origins, so the browser sent `Origin: null`, although its message names the page."
            "The command, with -L added, prints a `Location` on another server.";
        Invisible = "cause-invisible",
            "The two differ in something that does not show, such as a letter of another alphabet."
            "Piped through `xxd`, the output of the command shows bytes other than ASCII in the value.";
        ProxyAndApplication = "cause-proxy-and-application",
            "The application and the proxy before it both add the header."
            "The command prints the header twice; asked past the proxy, the application sends it once.";
        ListOfOrigins = "cause-list-of-origins",
            "The server was given a list of origins, and writes all of it into the header."
            "The command prints one line with several origins.";
        Setting = "cause-setting",
            "The server's setting has something that is no origin: a host without https://, a word, a variable that was not filled in."
            "The command prints it.";
        Pattern = "cause-pattern",
            "The server was given a pattern such as https://*.app.example, and writes it into the header."
            "The command prints a `*` within the value.";
        WildcardSetting = "cause-wildcard-setting",
            "The server allows everybody by `*`, and the page asks with credentials."
            "The command prints `Access-Control-Allow-Origin: *`.";
        CredentialsNeedless = "cause-credentials-needless",
            "The page asks with credentials, and needs none."
            "Without `credentials: \"include\"` (or `withCredentials`) the page works as before.";
        CredentialsOff = "cause-credentials-off",
            "The server does not allow credentials."
            "The command prints no `Access-Control-Allow-Credentials`.";
        CredentialsSpelling = "cause-credentials-spelling",
            "The value is not exactly `true`: some languages write True."
            "The command prints `Access-Control-Allow-Credentials` with another value.";

        // The preflight.
        OptionsNotHandled = "cause-options-not-handled",
            "The server does not know OPTIONS requests for what they are: no route, no handler, or one without CORS headers."
            "The command prints status 404 or 405, or an answer without any `Access-Control-` line.";
        OptionsLogin = "cause-options-login",
            "The server wants a login for OPTIONS, which a preflight never has."
            "The command prints status 401 or 403.";
        Firewall = "cause-firewall",
            "A firewall or a gateway before the server refuses OPTIONS."
            "The command prints an answer that is not the application's: another `Server` line, or an HTML page.";
        RedirectSlash = "cause-redirect-slash",
            "The server redirects to the same URL with a slash at its end, or without one."
            "The command prints a `Location` that differs in nothing but the slash.";
        RedirectHttps = "cause-redirect-https",
            "The server redirects http to https."
            "The command prints a `Location` that begins with https.";
        RedirectLogin = "cause-redirect-login",
            "The server redirects to a login page."
            "The command prints a `Location` with a login in it.";
        MethodNotListed = "cause-method-not-listed",
            "The answer to OPTIONS does not name the method."
            "The command prints `Access-Control-Allow-Methods` without it, or not at all.";
        MethodCase = "cause-method-case",
            "The script writes the method in lower case, and only DELETE, GET, HEAD, OPTIONS, POST and PUT may be written so."
            "The script says `{method}`, and the command prints it in upper case.";
        WildcardLiteral = "cause-wildcard-literal",
            "The server allows all by `*`, which does not count for a request with credentials."
            "The command prints `*` in the list.";
        HeaderNotListed = "cause-header-not-listed",
            "The answer to OPTIONS does not name the header."
            "The command prints `Access-Control-Allow-Headers` without `{name}`, or not at all.";
        HeaderSpelling = "cause-header-spelling",
            "The header is named with a slip, such as an underscore for a hyphen, or an s too many."
            "The command prints a name that is nearly `{name}`.";
        HeaderOfLibrary = "cause-header-of-library",
            "A library for tracing adds the header to every request by itself."
            "It is not in your own code, and it is gone when the library is turned off.";
        HeaderOfResponse = "cause-header-of-response",
            "The page sends a header that belongs in answers."
            "Look for `{name}` among the headers that the script sets, and remove it.";
        RequestedWith = "cause-requested-with",
            "A library adds X-Requested-With by itself, which servers hardly need."
            "It is not in your own code; many libraries have a setting for it.";
        AuthorizationWildcard = "cause-authorization-wildcard",
            "`Access-Control-Allow-Headers: *` does not cover Authorization by the standard; it has to be named."
            "The command prints `*` and no `Authorization`.";
        ListSyntax = "cause-list-syntax",
            "The list has something that is not a name: quotes, semicolons, spaces for commas, a URL."
            "The command prints it.";

        // No answer.
        Certificate = "cause-certificate",
            "The browser does not trust the server's certificate."
            "curl says `curl: (60)`, and in a tab of its own the URL shows a warning.";
        Refused = "cause-refused",
            "Nothing listens at that address and port."
            "curl says `curl: (7)`.";
        NameNotFound = "cause-name-not-found",
            "There is no server of that name."
            "curl says `curl: (6)`.";
        TimedOut = "cause-timed-out",
            "The server, or a firewall before it, does not answer in time."
            "curl waits as well.";
        Closed = "cause-closed",
            "The server closes the connection without a right answer."
            "curl says `curl: (52)`, `curl: (56)` or `curl: (92)`.";
        WrongScheme = "cause-wrong-scheme",
            "The scheme or the port in the URL is the wrong one: https for a server that speaks http, or the other way round."
            "curl gets an answer with the other scheme.";
        Offline = "cause-offline",
            "The machine has no network."
            "No page loads.";
        Blocker = "cause-blocker",
            "Something in the browser blocks it: an ad blocker, another extension, or a policy of the company."
            "curl gets an answer, and a private window without extensions does, too.";
        LocalAddress = "cause-local-address",
            "The name leads to this machine or the local network (a VPN, a hosts file, the company's DNS), which browsers guard."
            "curl -v prints `Trying` and an address such as 127.0.0.1, 10.x.x.x or 192.168.x.x.";
        PermissionDenied = "cause-permission-denied",
            "The page may not reach this machine or the local network, because the person has not allowed it."
            "The browser's settings for this site show the permission.";
        InsecurePage = "cause-insecure-page",
            "The page came over http, and only pages over https may ask for this machine or the local network."
            "The page's address begins with http.";

        // Before anything is sent.
        HttpUrl = "cause-http-url",
            "The page came over https, and the URL begins with http."
            "Look at the first letters of the URL; with https in its place, the command gets an answer.";
        HttpRedirect = "cause-http-redirect",
            "The URL begins with https, and the server redirects to http."
            "The command prints a `Location` that begins with http:.";
        SchemeMissing = "cause-scheme-missing",
            "The URL has no http:// in front, so a host name is taken for the scheme."
            "Look at what the script passes.";
        FilePage = "cause-file-page",
            "The page, or what it loads, is a local file."
            "The page's address begins with file:. Serve it by a small web server.";
        PagePolicy = "cause-page-policy",
            "The page's own Content Security Policy does not allow {server}."
            "The answer of the page itself has `Content-Security-Policy`, and the matching directive does not name {server}.";
        SameOriginMode = "cause-same-origin-mode",
            "The request may not leave the page's origin: mode same-origin, or an element that always has it."
            "The script says `mode: \"same-origin\"`, or it is a worker or a track.";
        NoCorsRedirect = "cause-no-cors-redirect",
            "Mode no-cors to another origin must follow redirects."
            "The script says `redirect: \"error\"` or `redirect: \"manual\"` beside `mode: \"no-cors\"`.";
        BadPort = "cause-bad-port",
            "The port is one that browsers never ask, because it belongs to another protocol."
            "The same server on another port, such as 8080, answers.";
        ForbiddenHeader = "cause-forbidden-header",
            "Only the browser may set this header."
            "Remove it from the script: everything else of the request goes on as before.";
        Call = "cause-call",
            "The call itself has something that is not allowed: a method, a URL with a password, a mode."
            "The message names it.";

        // What becomes of the answer.
        ResourcePolicy = "cause-resource-policy",
            "The server says by Cross-Origin-Resource-Policy that pages of other origins may not use this."
            "The command prints `Cross-Origin-Resource-Policy: same-origin` or `same-site`.";
        EmbedderPolicy = "cause-embedder-policy",
            "The page has a Cross-Origin-Embedder-Policy, and the server does not say that others may use this."
            "The command prints no `Cross-Origin-Resource-Policy`, and the answer of the page has `Cross-Origin-Embedder-Policy`.";
        WrongContent = "cause-wrong-content",
            "The server answers with something else than was asked for: an error page, a login page, JSON."
            "The command prints a Content-Type such as `text/html` or `application/json`.";
        ContentType = "cause-content-type",
            "The content is right, and its Content-Type is not."
            "The command prints a Content-Type that does not fit the content.";
        ContentChanged = "cause-content-changed",
            "The content has changed since the integrity value was made."
            "A digest of what the command gets is not the one in the attribute.";
        IntegrityWithoutCors = "cause-integrity-without-cors",
            "The attribute integrity needs CORS: the attribute `crossorigin`, and a server that allows the page."
            "The element has no `crossorigin`, or the command prints no `Access-Control-Allow-Origin`.";
        TaintedCanvas = "cause-tainted-canvas",
            "An image or a video of another origin was drawn on the canvas, and was loaded without CORS."
            "One of the elements that were drawn has no `crossorigin`, or was loaded before it had.";
        PreloadDiffers = "cause-preload-differs",
            "What was preloaded and what asks for it now are requested in different ways, so that it is fetched twice."
            "Only one of the two has `crossorigin` (fetch() and fonts count as having it), or the request has something that no preload has.";
        PreloadDestination = "cause-preload-destination",
            "The attribute `as` of the link names nothing that can be preloaded, so that nothing is."
            "It is not fetch, font, image, script, style or track.";
        NotExposed = "cause-not-exposed",
            "The server does not show this header to script."
            "The command prints the header, and no `Access-Control-Expose-Headers` that names it.";
        RedirectCredentials = "cause-redirect-credentials",
            "The server redirects to a URL with a user name or a password in it."
            "The command prints a `Location` with an @ in it.";
        RedirectLoop = "cause-redirect-loop",
            "Two URLs redirect to each other."
            "The command, with -L added, goes round in circles.";
        RedirectMode = "cause-redirect-mode",
            "The server redirects, and the script asked for an error in that case."
            "The script says `redirect: \"error\"`, and the command prints a `Location`.";
        RedirectScheme = "cause-redirect-scheme",
            "The server redirects to something that is neither http nor https."
            "The command prints a `Location` with another scheme.";
        LoginMissing = "cause-login-missing",
            "The server wants a login, and the browser asks nobody for a cross-origin request."
            "The command prints status 401 and `WWW-Authenticate`.";
        Status = "cause-status",
            "The server answered with an error status. That alone is not about CORS."
            "The command prints the same status.";
        Aborted = "cause-aborted",
            "Script, or leaving the page, ended the request."
            "It happens when the page changes, or where the script calls abort().";
        BrowserSetting = "cause-browser-setting",
            "CORS is turned off in this browser."
            "In about:config, content.cors.disable is true.";
        Harmless = "cause-harmless",
            "This is a remark, and stops nothing."
            "The request goes on.";

        // Where the message says nothing.
        CorsBlocked = "cause-cors-blocked",
            "CORS blocked it, and another line of the console says why."
            "There is a line such as \"blocked by CORS policy\" or \"Cross-Origin Request Blocked\" about the same URL.";
        Unreachable = "cause-unreachable",
            "No answer came: the name, the connection or the certificate."
            "The network panel of the developer tools shows no status, and names an error.";
    }
    lines {
        KnownPage = "The page is {page}.";
        KnownUrl = "It asked for {url}.";
        KnownRedirected = "It was redirected on its way.";
        KnownPreflight = "The browser asked first, by OPTIONS (a preflight). The request itself was not sent.";
        KnownSent = "The request was sent and answered. Only the page does not get the answer.";
        KnownNoAnswer = "No answer came that the browser could use.";
        KnownNothingSent = "Nothing was sent.";
        KnownStatus = "The answer had status {status}.";
        KnownCredentials = "The page asks with credentials (cookies and logins).";
        KnownAllowOrigin = "Access-Control-Allow-Origin was `{value}`.";
        KnownMethod = "The method is `{method}`.";
        KnownName = "It is about the header `{name}`.";
        KnownError = "The browser calls it `{error}`.";
        NextAnswer = "Run the command, and look at its first line (the status) and at every line that begins with `Access-Control-`.";
        NextPreflight = "Run the command, with the method and the headers of your request in it, and look at its first line (the status) and at every line that begins with `Access-Control-`.";
        NextLine = "Look for another line of the console about the same URL: it says more.";
        NextOpen = "Open {url} in a tab of its own: there the browser says what is wrong.";
        NextRequest = "This line does not say which URL it is about. Look for the request in the network panel of the developer tools, and paste it here: by \"Copy as cURL\", with the answer's headers below it.";
        NextHttps = "Run the command: it asks for the same over https. If there is an answer, write https in the page.";
        NextAddress = "Find out which address {server} has, and whether the browser's settings for this site allow the local network.";
        ThenCommand = " Then run the command.";
        NextUrl = "Look at the URL that the script passes, and at the address of the page itself.";
        NextPolicy = "Look at the Content-Security-Policy of the page's own answer.";
        NextCall = "Look at the call in the script: the cause is there, and not at the server.";
        NextElement = "Look at the element: it needs the attribute `crossorigin` from the start.";
        NextSetting = "Look at the browser's settings.";
        NextNothing = "Nothing has to be done.";
        YourPage = "the page";
        TheServer = "the server";
        TheUrl = "the URL";
        OriginOfPage = "(the origin of your page)";
    }
}
