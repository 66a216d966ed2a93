namespace LangSmithPg.Postgres.Connections;

/// <summary>A password with which libpq may log in by SCRAM, and Npgsql never: it prepares it in another way.</summary>
sealed class UnusablePasswordException() : Exception("Npgsql normalizes the password with NFKC, which changes it.");
