use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::{Next, from_fn};
use actix_web::web::to;
use actix_web::{App, Error, HttpResponse, HttpServer};

crate::policies!("actix", actix_cors::Cors, public, bare, one, several, reading);

async fn log_in(request: ServiceRequest, next: Next<BoxBody>) -> Result<ServiceResponse<BoxBody>, Error> {
    let login = request.headers().get("Authorization").map(|value| value.as_bytes());
    if request.path() == "/private" && login != Some(crate::LOGIN.as_bytes()) {
        return Ok(request.into_response(HttpResponse::Unauthorized().finish()));
    }
    next.call(request).await
}

fn text() -> actix_web::HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer.content_type("text/plain");
    answer
}

async fn fail() -> Result<HttpResponse, Error> {
    Err(actix_web::error::ErrorInternalServerError("fail"))
}

#[actix_web::main]
pub async fn serve(policy: &str, port: u16) -> std::io::Result<()> {
    let policy = policy.to_owned();
    let app = move || {
        let ok = async || {
            text().insert_header(("X-Version", "1")).insert_header(("X-Total", "2")).insert_header(("X-Secret", "3")).body("ok")
        };
        App::new()
            .route("/ok", to(ok))
            .route("/private", to(async || text().body("ok")))
            .route("/moved", to(async || HttpResponse::Found().insert_header(("Location", "/ok")).finish()))
            .route("/down", to(HttpResponse::ServiceUnavailable))
            .route("/fail", to(fail))
            .wrap(from_fn(log_in))
            .wrap(cors(&policy).expect("a policy"))
    };
    HttpServer::new(app).workers(1).bind(("127.0.0.1", port))?.run().await
}
