// Every union is told apart by one member, and a `switch` over it that leaves nothing out ends in `never`.

import type {
  Allows,
  Answer,
  Body,
  Call,
  CorsFailed,
  DecisionFailed,
  DecisionOutcome,
  EventKind,
  Evidence,
  FailedCheck,
  HeaderEdit,
  NetworkErrorCode,
  Outcome,
  PlatformResponse,
  PreflightFailed,
  PreflightReason,
  ThrowCheck,
  UnsafeHeader,
} from "corscope";

const none = (nothing: never): never => nothing;

export function outcome(outcome: Outcome): string | number | null {
  switch (outcome.type) {
    case "threw":
      return `${throwCheck(outcome.because)} ${outcome.error} ${outcome.step.number}`;
    case "networkError":
      return outcome.code + String(outcome.failed && failedCheck(outcome.failed)) + outcome.evidence.map(evidence).join();
    case "response":
      return outcome.responseType + outcome.status + outcome.headers.map(([name, value]) => name + value).join();
    case "needsAnswer":
      return outcome.request.method + outcome.exchange.toFixed();
    case "notReached":
      return null;
    default:
      return none(outcome);
  }
}

export function decision(outcome: DecisionOutcome): string | number | boolean {
  switch (outcome.type) {
    case "allowed":
      return outcome.tainting;
    case "blocked":
      return decisionFailed(outcome.failed);
    case "preflightWanted":
      return outcome.type;
    default:
      return none(outcome);
  }
}

export function decisionFailed(failed: DecisionFailed): string | number | boolean {
  switch (failed.type) {
    case "sameOriginMode":
    case "schemeNotHttp":
      return failed.type;
    case "preflight":
      return preflightFailed(failed.failed);
    case "corsCheck":
      return corsFailed(failed.failed);
    default:
      return none(failed);
  }
}

export function failedCheck(check: FailedCheck): string {
  switch (check.type) {
    case "corsCheck":
      return check.step.url + corsFailed(check.failed);
    case "preflight":
      return check.step.url + preflightFailed(check.failed);
    case "corp":
      return check.step.url + check.failed;
    case "preload":
      return check.code + check.preload;
    case "module":
      return check.code + check.fetch;
    default:
      return none(check);
  }
}

export function corsFailed(failed: CorsFailed): number {
  switch (failed.reason) {
    case "allowOriginMissing":
    case "allowCredentialsMissing":
      return 0;
    case "wildcardWithCredentials":
      return failed.line;
    case "originMismatch":
    case "allowCredentialsNotTrue":
      return failed.line + failed.lines;
    default:
      return none(failed);
  }
}

export function preflightFailed(failed: PreflightFailed): number | boolean {
  switch (failed.reason) {
    case "corsCheck":
      return corsFailed(failed.failed);
    case "status":
      return failed.status;
    case "notTokens":
      return failed.header === "methods" ? failed.start : failed.end + failed.line;
    case "method":
    case "authorization":
      return failed.wildcardIgnored;
    case "header":
      return failed.wildcardIgnored && failed.requestLine;
    default:
      return none(failed);
  }
}

export function unsafeHeader(unsafe: UnsafeHeader): number {
  switch (unsafe.reason) {
    case "name":
    case "notMimeType":
    case "mimeType":
    case "notRange":
    case "rangeWithoutStart":
    case "notClientHint":
      return 0;
    case "tooLong":
      return unsafe.length;
    case "byte":
      return unsafe.at + unsafe.byte;
    case "totalTooLong":
      return unsafe.total;
    default:
      return none(unsafe);
  }
}

export function preflightReason(reason: PreflightReason): string | number {
  switch (reason.type) {
    case "method":
      return reason.method;
    case "header":
      return reason.line + reason.name + reason.value + unsafeHeader(reason.unsafeBecause);
    case "uploadListener":
    case "streamBody":
    case "preflightBefore":
      return 0;
    default:
      return none(reason);
  }
}

export function evidence(evidence: Evidence): number | string {
  switch (evidence.type) {
    case "answerHeader":
    case "requestHeader":
      return evidence.exchange + evidence.line + evidence.start + evidence.end;
    case "answerHeaderMissing":
      return evidence.exchange + evidence.name;
    case "answerStatus":
      return evidence.exchange;
    case "url":
      return evidence.hop;
    default:
      return none(evidence);
  }
}

export function throwCheck(check: ThrowCheck): string | number {
  switch (check.check) {
    case "url":
    case "urlCredentials":
    case "window":
    case "referrer":
    case "modeNavigate":
    case "onlyIfCached":
    case "methodNotToken":
    case "methodForbidden":
    case "methodNoCors":
    case "bodyWithGetOrHead":
    case "streamKeepalive":
    case "streamDisturbed":
    case "streamDuplex":
    case "streamMode":
    case "webSocketScheme":
    case "webSocketFragment":
    case "beaconScheme":
    case "preloadDestination":
      return 0;
    case "enumeration":
    case "notByteString":
      return check.member;
    case "headerName":
    case "headerValue":
      return check.line;
    default:
      return none(check);
  }
}

export function event(event: EventKind): unknown {
  switch (event.type) {
    case "preflightCacheHit":
    case "responseStored":
    case "serviceWorkerAnswered":
    case "timingHidden":
    case "redirectWithoutLocation":
    case "methodBecameGet":
    case "wouldPrompt":
    case "retried":
    case "networkError":
      return undefined;
    case "headerDropped":
      return [event.name, event.value, event.reason];
    case "headerEditThrew":
      return [event.edit, throwCheck(event.check)];
    case "methodNormalized":
      return [event.from, event.to];
    case "contentTypeImplied":
      return event.value;
    case "upgraded":
      return [event.by, event.url];
    case "branch":
      return [event.branch, event.tainting];
    case "preflightRequired":
      return event.reasons.map(preflightReason);
    case "preflightCacheMiss":
      return [event.method, event.headerNames];
    case "preflightCached":
      return [event.maxAge, event.entries];
    case "preflightCacheCleared":
      return event.entries;
    case "requestSent":
    case "preflightPassed":
      return event.exchange;
    case "answerReceived":
      return [event.exchange, event.status];
    case "interimAnswer":
      return event.status;
    case "credentials":
      return [event.included, event.reason];
    case "originHeader":
      return [event.value, event.reason];
    case "cookie":
      return [event.name, event.verdict];
    case "cookieStored":
    case "headerRemoved":
      return event.name;
    case "cookieRefused":
      return [event.line, event.reason];
    case "storedResponse":
      return [event.used, event.storedBy];
    case "corsCheckPassed":
      return [event.exchange, event.passed];
    case "corsCheckFailed":
      return corsFailed(event.failed);
    case "preflightFailed":
      return preflightFailed(event.failed);
    case "corpCheck":
      return [event.blocked, event.embedderPolicy];
    case "redirect":
      return [event.status, event.location, event.taint];
    case "referrerPolicyChanged":
      return event.policy;
    case "exposeHeaders":
      return [event.names, event.unparsable];
    case "filtered":
      return event.responseType;
    case "notChecked":
      return event.what;
    case "preloadConsumed":
      return event.preload;
    case "preloadNotMatched":
      return [event.preload, event.differs];
    case "resourceReused":
      return [event.fetch, event.what];
    default:
      return none(event);
  }
}

export function call(call: Call): unknown {
  switch (call.api) {
    case "fetch":
      return [call.url, call.init?.method, call.headerEdits?.map(headerEdit)];
    case "xhr":
      return [call.method, call.headers, call.withCredentials, call.uploadListener, call.sync, call.username, call.password, call.body && body(call.body)];
    case "img":
      return [call.crossOrigin, call.srcset];
    case "media":
    case "stylesheet":
    case "track":
      return call.crossOrigin;
    case "script":
      return [call.crossOrigin, call.module];
    case "preload":
      return [call.as, call.crossOrigin];
    case "eventSource":
      return [call.withCredentials, call.lastEventId];
    case "beacon":
      return call.body;
    case "font":
    case "import":
    case "webSocket":
    case "worker":
    case "importScripts":
    case "iframe":
      return call.url;
    default:
      return none(call);
  }
}

export function headerEdit(edit: HeaderEdit): string {
  switch (edit.edit) {
    case "append":
    case "set":
      return edit.name + edit.value;
    case "delete":
      return edit.name;
    default:
      return none(edit);
  }
}

export function body(body: Body): unknown {
  switch (body.type) {
    case "text":
    case "urlSearchParams":
      return body.text;
    case "bytes":
    case "formData":
      return body.length;
    case "blob":
      return [body.mimeType, body.length];
    case "stream":
      return body.disturbed;
    case "document":
      return [body.html, body.length];
    default:
      return none(body);
  }
}

export function allows(allows: Allows): string {
  if (typeof allows === "string") {
    switch (allows) {
      case "anyMethod":
      case "anyHeaderName":
        return allows;
      default:
        return none(allows);
    }
  }
  return "method" in allows ? allows.method : allows.headerName;
}

export function answer(answer: Exclude<Answer, PlatformResponse>): string | number {
  return "failure" in answer ? answer.failure : answer.status;
}

// The codes are words of their own, not just any string.
export const code: NetworkErrorCode = "HF-CORS";
// @ts-expect-error
export const noCode: NetworkErrorCode = "HF-CORSE";
