namespace LangSmithPg.Postgres.Connections;

/// <summary>
/// Does what holds its thread on a thread of its own. The pool has few: where a fleet waits for a DNS server that says nothing or a share
/// that hangs, or reckons for a server that wants millions of rounds of SCRAM, none would be left for the others, nor for the clocks
/// that end the waiting.
/// </summary>
static class DedicatedThread
{
    public static Task<T> RunAsync<T>(Func<T> work) => Task.Factory.StartNew(
        work, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
}
