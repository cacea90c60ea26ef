export async function startWebkit(){throw new Error("todo")}
