//! All text that people read about repairs, in one table: templates with named slots, as in the catalogue of explanations.
//!
//! What stands between backticks in a rendered text is exact: a header line, a URL, a name.

/// One table makes the enumeration and the texts: for each change its title, what to do, and why that helps.
macro_rules! texts {
    (
        changes { $($change:ident: $title:literal $what:literal $why:literal;)+ }
        lines { $($line:ident: $text:literal;)+ }
    ) => {
        /// A change as a person is told of it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum ChangeText { $($change,)+ }

        impl ChangeText {
            /// What it is, in a few words.
            pub(super) const fn title(self) -> &'static str {
                match self { $(Self::$change => $title,)+ }
            }

            /// What to do.
            pub(super) const fn what(self) -> &'static str {
                match self { $(Self::$change => $what,)+ }
            }

            /// Why that helps.
            pub(super) const fn why(self) -> &'static str {
                match self { $(Self::$change => $why,)+ }
            }
        }

        /// Any other text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum LineText { $($line,)+ }

        impl LineText {
            pub(super) const fn text(self) -> &'static str {
                match self { $(Self::$line => $text,)+ }
            }
        }

        #[cfg(test)]
        pub(super) const TEMPLATES: &[&str] = &[$($title, $what, $why,)+ $($text,)+];
    };
}

texts! {
    changes {
        // What the server does.
        PreflightStatus:
            "Answer the preflight"
            "Let {server} answer OPTIONS requests to this URL with status {status}, before it checks any login, and without a redirect."
            "A preflight never carries cookies or logins, and only a status of 200 to 299 lets the request go out.";
        AnswerDirectly:
            "Answer instead of redirecting"
            "Let {server} answer {method} {url} itself, without a redirect."
            "Every answer on the way has to allow the page, and after a redirect to yet another origin the browser no longer says which page asks.";
        AnswerUnauthorized:
            "Say that a login is missing"
            "Let {server} answer {method} {url} with status {status} where a login is missing, not with a redirect to a login page."
            "A redirect to a login page is for people. Script needs an answer that it can read, and goes there by itself.";
        AllowOrigin:
            "Name the page's origin"
            "Let {server} send `{line}` with {answer}."
            "The browser compares this line byte for byte with the origin of the page that asks.";
        AllowCredentials:
            "Allow credentials"
            "Let {server} send `{line}` with {answer}."
            "The page asks with credentials (cookies and logins), and only the exact word `true` allows that.";
        AllowMethods:
            "Allow the method"
            "Let {server} send `{line}` with {answer}."
            "Only GET, HEAD and POST need not be named there.";
        AllowHeaders:
            "Allow the request headers"
            "Let {server} send `{line}` with {answer}."
            "A page may send such a header only if the server names it.";
        ExposeHeaders:
            "Show the header to script"
            "Let {server} send `{line}` with {answer}."
            "Script sees seven simple response headers, and those that are named there.";
        Vary:
            "Say that the answer depends on who asks"
            "Let {server} send `{line}` with {answer}, and with the answers to all others."
            "Otherwise a cache gives the answer for one origin to the next.";
        ResourcePolicy:
            "Let pages of other origins load it"
            "Let {server} send `{line}` with {answer}."
            "This line says who may load the answer without CORS. Nobody can read it by that.";
        ContentType:
            "Send the right type"
            "Let {server} send `{line}` with {answer}."
            "The browser runs or applies nothing that is served as something else.";
        LeaveOutAnswerHeader:
            "Leave a header out of the answer"
            "Let {server} send no `{name}` with {answer}."
            "There it does nothing, or allows more than is meant.";
        OtherAnswerLine:
            "Use another header in the answer"
            "Let {server} send `{line}` with {answer}, in place of the line that is there."
            "The one that is there does nothing.";
        Location:
            "Redirect without a user name and a password"
            "Let {server} send `{line}` with {answer}."
            "Across origins, a redirect to a URL with a user name or a password is not followed.";

        // What the page does.
        Url:
            "Ask the right URL at once"
            "Request `{url}` in the page."
            "No redirect, and no rule about URLs, is then in the way.";
        Method:
            "Use another method, or spell it right"
            "Write `{method}` as the method."
            "Upper and lower case count in methods, and not every method may be sent.";
        RequestHeader:
            "Change a request header"
            "Send `{line}` from the page."
            "With this value the browser can send it as it is.";
        SimpleContentType:
            "Send a type that needs no preflight"
            "Send `{line}` from the page, if the server reads the body all the same."
            "Only three types need no preflight, and this is one of them.";
        RenameHeader:
            "Use the header's right name"
            "Send the request header as `{to}`, not as `{name}`."
            "Upper and lower case do not count in names, every other character does.";
        RemoveHeader:
            "Leave out a request header"
            "Do not set the request header `{name}`, if the server does not need it."
            "What is not sent needs no permission. Libraries often add such headers by themselves.";
        RemoveAnswerHeader:
            "Leave out a header of answers"
            "Do not set the request header `{name}`: it belongs in the answer of the server."
            "In a request it has no effect but to make the browser ask first.";
        HeaderToQuery:
            "Send a value in the URL"
            "Send the value of the request header `{name}` in the query of the URL, if the server reads it there."
            "A URL needs no permission, whatever stands in it.";
        UploadListener:
            "Do without upload events"
            "Add no listener to `xhr.upload`, if nobody looks at the progress."
            "With one, the browser asks the server first.";
        DropCredentials:
            "Ask without credentials"
            "Leave out {credentials}, if the answer is the same for everybody."
            "Without cookies and logins the rules are laxer, and `*` counts.";
        CrossOrigin:
            "Ask with CORS"
            "Add the attribute `crossorigin` to the element."
            "Without it the browser asks for no permission to read.";
        Member:
            "Correct an option"
            "Write `{member}: \"{value}\"`."
            "This is the value that lets the request go its way.";
        Reload:
            "Pass the browser's cache by"
            "Write `cache: \"reload\"`."
            "The stored answer is for another page, and a fresh one replaces it.";
        LeaveOut:
            "Leave out an option"
            "Leave out `{member}`."
            "What the browser does without it is what is needed here.";
        LeaveOutMode:
            "Leave out the mode"
            "Leave out `mode`, which makes it `cors`."
            "Only with CORS can script of another origin read an answer.";
        WholeBody:
            "Send the body whole"
            "Send a string or a Blob as the body, not a stream."
            "The browser cannot send a stream again, and not every browser sends streams at all.";
        FreshStream:
            "Use a fresh stream"
            "Make a new stream for each request."
            "One that has been read from, or is locked, cannot be sent.";
        ContentSecurityPolicy:
            "Allow the server in the page's own policy"
            "Add {server} to the directive of the page's Content-Security-Policy that is meant for this, such as connect-src for fetch()."
            "The page was served with rules that say what it may load, and no server can change those.";
        IntegrityPolicy:
            "Meet the page's own policy"
            "Add `integrity` to the element, or take scripts out of the page's Integrity-Policy."
            "The page was served with a rule that scripts need integrity metadata.";
    }
    lines {
        // Which answer is meant.
        ThePreflight: "its answer to the preflight (OPTIONS {url})";
        TheRedirect: "the redirect (status {status}) of {url}";
        TheAnswer: "its answer to {method} {url}";
        TheError: "its answer to {method} {url}, also where that is an error (status {status})";
        TheEarlierAnswer: "its answer to the earlier request for the same URL";

        // How credentials are asked for.
        CredentialsOfFetch: "`credentials: \"include\"`";
        CredentialsOfXhr: "`withCredentials`";
        CredentialsOfElement: "`use-credentials` (write `crossorigin=\"anonymous\"`)";

        // What is taken for granted.
        Assumed: "The answer of {server} to {method} {url} is not known. It is taken to be right: status {status}, with what this page needs.";

        // How safe it is.
        NothingNew: "Safe: nobody can read or send what they could not before.";
        Named: "Only pages of {page} may do more than before.";
        Public: "The server lets every page read this already (`*`), and every page may now ask in this way as well. Cookies stay out of it.";
        NamedWithCredentials: "Pages of {page} may then read what is meant for the person who is logged in. Do this only if you trust everything that runs there.";
        SameSiteLoads: "Only pages of the same site may load this.";
        EverybodyLoads: "Every page may then load this, and see by that whether it loads. No page can read it.";

        // What not to do, and why.
        AvoidEchoWhat: "Do not send back any origin that asks.";
        AvoidEchoWhy: "With credentials, every page in the world could then read what is meant for the person who is logged in. Compare the origin with a list, byte for byte.";
        AvoidNullWhat: "Do not allow the origin `null`.";
        AvoidNullWhy: "Any page can make itself one that sends `null`, by a sandboxed frame for instance. So this allows everybody.";
        AvoidExtensionWhat: "Do not install an extension that switches CORS off, and do not start the browser without its security.";
        AvoidExtensionWhy: "It works on your machine alone, and there it lets every page read everything that you are logged in to.";
        AvoidProxyWhat: "Do not send this through a public CORS proxy.";
        AvoidProxyWhy: "Whoever runs it sees and can change all that goes through it, logins and tokens included, and it can vanish any day. A proxy of your own, on the page's own origin, is fine.";
        AvoidNoCorsWhat: "Do not write `mode: \"no-cors\"`.";
        AvoidNoCorsWhy: "The error goes away, and so does the answer: script gets neither status nor body.";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_in_order() {
        for template in TEMPLATES {
            assert_eq!(template.matches('{').count(), template.matches('}').count(), "{template}");
            assert_eq!(template.matches('`').count() % 2, 0, "{template}");
            assert!(!template.is_empty() && template.trim() == *template, "{template:?}");
        }
    }
}
