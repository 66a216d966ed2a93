using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LangSmithPg.Sandbox.Tarpits;

/// <summary>A web service on this machine, in place of one that tests must not reach. It notes what it was asked.</summary>
public sealed class HttpStandIn : IAsyncDisposable
{
    readonly HttpListener _listener = new();
    readonly Task _serving;

    /// <summary>Starts it.</summary>
    /// <param name="answer">Answers a request and its body with a status and JSON.</param>
    public HttpStandIn(Func<HttpListenerRequest, string, (int Status, string Json)> answer)
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        _listener.Prefixes.Add($"{Url}/");
        _listener.Start();
        _serving = ServeAsync(answer);
    }

    /// <summary>Its TCP port.</summary>
    public int Port { get; }

    /// <summary>Its address, without a slash at the end.</summary>
    public string Url => $"http://127.0.0.1:{Port}";

    /// <summary>Method and path of every request, with its query.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    async Task ServeAsync(Func<HttpListenerRequest, string, (int Status, string Json)> answer)
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or InvalidOperationException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream);
            var body = await reader.ReadToEndAsync();
            Asked.Enqueue($"{context.Request.HttpMethod} {context.Request.RawUrl}");
            var (status, json) = answer(context.Request, body);
            try
            {
                context.Response.StatusCode = status;
                context.Response.ContentType = "application/json";
                context.Response.AddHeader("Metadata-Flavor", "Google");
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(json));
                context.Response.Close();
            }
            catch (Exception exception) when (exception is HttpListenerException or InvalidOperationException)
            {
                // Whoever asked is gone.
            }
        }
    }
}
