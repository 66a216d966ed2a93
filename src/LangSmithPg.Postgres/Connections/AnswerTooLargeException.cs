using System.Globalization;

namespace LangSmithPg.Postgres.Connections;

/// <summary>An answer of a server that is larger than any honest one, and was not read to its end.</summary>
sealed class AnswerTooLargeException(long limit)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"The response is larger than {limit / 1024 / 1024} MiB."));
