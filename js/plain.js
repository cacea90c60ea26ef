// Plain data on its way over the boundary, packed, so that one crossing carries all of it: a crossing for each member costs
// more than the engine does. `src/wasm/packed.rs` is the other half, and has the format.

/** Deeper data than this can only be a mistake, such as an object that holds itself. */
const DEPTH = 16;

/** What a `Request` says of the call that it stands for. */
const REQUEST = ["method", "headers", "mode", "credentials", "cache", "redirect", "referrer", "referrerPolicy", "integrity", "keepalive"];
const RESPONSE = ["status", "statusText", "headers"];

/** The numbers that are written most. */
const SMALL = Array.from({ length: 1024 }, (_, number) => digits(number));

const encoder = new TextEncoder();

const double = new Float64Array(1);
const halves = new Uint32Array(double.buffer);

/** What is being unpacked, and how far that is. Nothing of the caller's runs meanwhile. */
let words, text, word, character;
/** The strings that are part of the program, by their words. */
const known = new Map();
/** OPTIMIZATION: those of them that were asked for last: a word, and in the same place its string. */
const lastWords = new Uint32Array(4096);
const lastNames = new Array(4096).fill("");

/** `value` in one string. What cannot be read says so in its place; what a getter throws is thrown on. */
export function pack(value) {
    const to = { text: "", tooDeep: false };
    write(to, value, DEPTH);
    return to.text;
}

/** Writes `text` as UTF-8, and says in how many bytes; where they do not all fit, how many there may be, below zero. */
export function encode(text, into) {
    const { read, written } = encoder.encodeInto(text, into);
    return read === text.length ? written : -3 * text.length;
}

// OPTIMIZATION: exchanges for `decide` that are as plain as can be cross as they are: their texts one behind the other, and where each
// ends. Everything else is packed, and what is wrong with it found out there.

/** What was gathered: its texts, where each ends, and how many these are. */
let gathered = "";
const ends = new Uint32Array(2048);
let count = 0;
let end = 0;
/** Whether a getter of the caller's may be running in `gather`. */
let gathering = false;

/** Gathers an exchange for `handOver`. Says whether it is as plain as that. What a getter throws is thrown on. */
export function gather(exchange) {
    if (gathering || typeof exchange !== "object" || exchange === null) {
        return false;
    }
    gathering = true;
    try {
        gathered = "";
        count = HEAD;
        end = 0;
        const { request, preflight, response } = exchange;
        for (const name in exchange) {
            if (name !== "request" && name !== "preflight" && name !== "response") {
                return false;
            }
        }
        return gatherRequest(request) && gatherAnswer(preflight, 0) && gatherAnswer(response, 2) && ends[2] !== 0;
    } finally {
        gathering = false;
    }
}

/** Writes what was gathered; says in how many bytes, or below zero if they are not all ASCII or do not fit. */
export function handOver(words, bytes) {
    if (gathered.length > bytes.length) {
        return -1;
    }
    words.set(count === ends.length ? ends : ends.subarray(0, count));
    const { written } = encoder.encodeInto(gathered, bytes);
    return written === gathered.length ? written : -1;
}

/** A decision with the readable lines `lines`, otherwise like `like`. */
export function decided(like, lines) {
    const readable = [];
    for (let index = 0; index < lines.length; index += 1) {
        readable.push(lines[index]);
    }
    return { branch: like.branch, outcome: { ...like.outcome }, readable };
}

/** Before the ends: status and 1, and number of lines, of the preflight's answer and of the real one; lines and flag of the request. */
const HEAD = 6;

function gatherRequest(request) {
    if (typeof request !== "object" || request === null) {
        return false;
    }
    for (const name in request) {
        switch (name) {
            case "origin":
            case "url":
            case "method":
            case "mode":
            case "credentials":
            case "profile":
            case "headers":
            case "useCorsPreflight":
                break;
            default:
                return false;
        }
    }
    // OPTIMIZATION: each member by its name, so that where it is has to be found out once.
    const { origin, url, method, mode, credentials, profile, headers, useCorsPreflight } = request;
    const areWords =
        gatherWord(origin) && gatherWord(url) && gatherWord(method) && gatherWord(mode) && gatherWord(credentials) && gatherWord(profile);
    if (!areWords) {
        return false;
    }
    if (useCorsPreflight !== undefined && useCorsPreflight !== null && typeof useCorsPreflight !== "boolean") {
        return false;
    }
    ends[5] = useCorsPreflight ? 1 : 0;
    return gatherHeaders(headers, 4);
}

function gatherAnswer(answer, at) {
    ends[at] = ends[at + 1] = 0;
    if (answer === undefined || answer === null) {
        return true;
    }
    if (typeof answer !== "object") {
        return false;
    }
    for (const name in answer) {
        if (name !== "status" && name !== "headers" && name !== "statusText") {
            return false;
        }
    }
    const { status, headers, statusText } = answer;
    if ((status & 0xffff) !== status || (statusText !== undefined && typeof statusText !== "string")) {
        return false;
    }
    ends[at] = status + 1;
    return gatherHeaders(headers, at + 1);
}

function gatherHeaders(headers, at) {
    ends[at] = 0;
    if (headers === undefined || headers === null) {
        return true;
    }
    if (!Array.isArray(headers) || count + 2 * headers.length > ends.length) {
        return false;
    }
    for (let index = 0; index < headers.length; index += 1) {
        const line = headers[index];
        if (!Array.isArray(line) || line.length !== 2 || typeof line[0] !== "string" || typeof line[1] !== "string") {
            return false;
        }
        gatherText(line[0]);
        gatherText(line[1]);
    }
    ends[at] = headers.length;
    return true;
}

/** Gathers a string that is not empty, or nothing where there is none. */
function gatherWord(word) {
    if (word === undefined || word === null) {
        gatherText("");
        return true;
    }
    if (typeof word !== "string" || word === "") {
        return false;
    }
    gatherText(word);
    return true;
}

function gatherText(text) {
    gathered += text;
    ends[count++] = end += text.length;
}

/** What `given` and `from` are packed of; undefined where there is a string of the program that is not known yet. */
export function unpack(given, from) {
    words = given;
    text = from;
    word = character = 0;
    const value = read();
    words = text = undefined;
    return value === MISSING ? undefined : value;
}

/** Learns strings of the program: `words` has the word of each, in which its length is, `names` all of them. */
export function learn(words, names) {
    for (let index = 0, at = 0; index < words.length; index += 1) {
        known.set(words[index], names.substring(at, (at += (words[index] >>> 3) & 127)));
    }
}

function digits(number) {
    let digits = "";
    for (; number >= 64; number = Math.floor(number / 64)) {
        digits += String.fromCharCode(64 + (number % 64));
    }
    return digits + String.fromCharCode(number);
}

function sized(text) {
    return (text.length < SMALL.length ? SMALL[text.length] : digits(text.length)) + text;
}

function write(to, value, depth) {
    switch (typeof value) {
        case "string":
            to.text += "s" + sized(value);
            break;
        case "number":
            if (value >>> 0 === value) {
                to.text += "i" + (value < SMALL.length ? SMALL[value] : digits(value));
            } else {
                double[0] = value;
                to.text += "d" + digits(halves[0]) + digits(halves[1]);
            }
            break;
        case "boolean":
            to.text += value ? "t" : "f";
            break;
        case "undefined":
            to.text += "n";
            break;
        case "object":
            if (value === null) {
                to.text += "n";
            } else if (depth === 0 || to.tooDeep) {
                to.tooDeep = true;
                unreadable(to, `this is nested deeper than ${DEPTH} levels; does an object hold itself?`);
            } else {
                object(to, value, depth);
            }
            break;
        default:
            unreadable(to, `a ${typeof value} stands here; only plain data is read`);
    }
}

function unreadable(to, message) {
    to.text += "x" + sized(message);
}

function object(to, value, depth) {
    if (Array.isArray(value)) {
        list(to, value, depth);
        return;
    }
    switch (value[Symbol.toStringTag]) {
        case "URL":
            write(to, value.href, depth - 1);
            return;
        case "Request":
            request(to, value, depth);
            return;
        case "Response":
            response(to, value, depth);
            return;
    }
    // `Headers` too: it gives its pairs.
    if (isIterable(value)) {
        list(to, [...value], depth);
    } else {
        to.text += "o";
        members(to, value, Object.keys(value), depth);
    }
}

function isIterable(value) {
    return typeof value[Symbol.iterator] === "function";
}

function list(to, items, depth) {
    const before = to.text;
    if (items.length > 0 && depth > 1 && pairs(to, items)) {
        return;
    }
    to.text = before + "l" + digits(items.length);
    for (let index = 0; index < items.length; index += 1) {
        write(to, items[index], depth - 1);
    }
}

/** Writes pairs of strings, such as headers, shorter than other lists. Says whether all items were such pairs. */
function pairs(to, items) {
    let text = "p" + digits(items.length);
    for (let index = 0; index < items.length; index += 1) {
        const item = items[index];
        if (!Array.isArray(item) || item.length !== 2) {
            return false;
        }
        const name = item[0];
        const value = item[1];
        if (typeof name !== "string" || typeof value !== "string") {
            return false;
        }
        text += sized(name) + sized(value);
    }
    to.text += text;
    return true;
}

/** The members that are neither null nor undefined: these count as absent. */
function members(to, object, names, depth) {
    for (const name of names) {
        const value = object[name];
        if (value === undefined || value === null) {
            continue;
        }
        const size = name.length + 1;
        to.text += (size < SMALL.length ? SMALL[size] : digits(size)) + name;
        if (name === "headers" && isRecord(value)) {
            // As `new Headers()` takes it.
            list(to, Object.entries(value).filter(([, value]) => value !== undefined && value !== null), depth - 1);
        } else {
            write(to, value, depth - 1);
        }
    }
    to.text += SMALL[0];
}

function isRecord(value) {
    return typeof value === "object" && !Array.isArray(value) && !isIterable(value);
}

/** A `Request` as the call of `fetch()` that takes it. */
function request(to, value, depth) {
    if (value.body !== undefined && value.body !== null) {
        unreadable(
            to,
            "a Request does not say what its body was made of, which decides whether there is a preflight; " +
                'write { api: "fetch", url, init } with init.body instead',
        );
    } else if (value.mode === "navigate") {
        unreadable(to, 'a Request with mode navigate is a navigation, which no script can make; write { api: "iframe", url } instead');
    } else {
        to.text += "o" + SMALL[4] + "apis" + sized("fetch") + SMALL[4] + "url";
        write(to, value.url, depth - 1);
        to.text += SMALL[5] + "inito";
        members(to, value, REQUEST, depth - 1);
        to.text += SMALL[0];
    }
}

/** A `Response` as the answer that it is. */
function response(to, value, depth) {
    const { type } = value;
    if (type === "opaque" || type === "opaqueredirect" || type === "error") {
        unreadable(to, `a Response of type ${type} does not show what the server sent; write { status, headers }, or { failure }, instead`);
    } else {
        to.text += "o";
        members(to, value, RESPONSE, depth);
    }
}

const MISSING = {};

function read() {
    const first = words[word++];
    const size = first >>> 3;
    switch (first & 7) {
        case 0:
            return text.substring(character, (character += size));
        case 1: {
            const place = (first >>> 10) & 4095;
            return lastWords[place] === first ? lastNames[place] : named(first, place);
        }
        case 2:
            return size;
        case 3:
            halves[0] = words[word++];
            halves[1] = words[word++];
            return double[0];
        case 4: {
            const list = [];
            for (let index = 0; index < size; index += 1) {
                const value = read();
                if (value === MISSING) {
                    return MISSING;
                }
                list.push(value);
            }
            return list;
        }
        case 5: {
            const object = {};
            for (let index = 0; index < size; index += 1) {
                const name = read();
                const value = name === MISSING ? MISSING : read();
                if (value === MISSING) {
                    return MISSING;
                }
                object[name] = value;
            }
            return object;
        }
        case 6:
            return CONSTANTS[size];
        default: {
            const one = read();
            const other = one === MISSING ? MISSING : read();
            return other === MISSING ? MISSING : [one, other];
        }
    }
}

function named(first, place) {
    const name = known.get(first);
    if (name === undefined) {
        return MISSING;
    }
    lastWords[place] = first;
    return (lastNames[place] = name);
}

const CONSTANTS = [null, false, true];
