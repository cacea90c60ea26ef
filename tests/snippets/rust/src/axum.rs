use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::any;

crate::policies!("axum", tower_http::cors::CorsLayer, public, bare, one, several, reading);

async fn log_in(request: Request, next: Next) -> Response {
    let login = request.headers().get("Authorization").map(|value| value.as_bytes());
    match request.uri().path() {
        "/private" if login != Some(crate::LOGIN.as_bytes()) => StatusCode::UNAUTHORIZED.into_response(),
        _ => next.run(request).await,
    }
}

#[tokio::main(flavor = "current_thread")]
pub async fn serve(policy: &str, port: u16) -> std::io::Result<()> {
    let app = Router::new()
        .route("/ok", any(async || ([("X-Version", "1"), ("X-Total", "2"), ("X-Secret", "3")], "ok")))
        .route("/private", any(async || "ok"))
        .route("/moved", any(async || (StatusCode::FOUND, [("Location", "/ok")])))
        .route("/down", any(async || StatusCode::SERVICE_UNAVAILABLE))
        .route("/fail", any(async || StatusCode::INTERNAL_SERVER_ERROR))
        .layer(from_fn(log_in))
        .layer(cors(policy).expect("a policy"));
    axum::serve(tokio::net::TcpListener::bind(("127.0.0.1", port)).await?, app).await
}
