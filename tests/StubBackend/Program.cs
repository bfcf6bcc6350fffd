using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Shared.Backends;

// A stdio MCP server for tests. Flags make it misbehave:
//   --journal FILE    append every message and every start ("start PID") to the file
//   --exit CODE       end at once, after writing the text of --stderr to standard error
//   --noise           write lines to standard output that are no messages
//   --silent          answer nothing
//   --stubborn        ignore the end of the input and SIGTERM
//   --deaf            stop reading after the handshake
//   --disguise FILE   take instructions and definitions from the JSON file (see StubServer.Disguise), and say so when it changes
//   --raw FILE        answer methods, and calls of tools, that are members of the JSON file with their texts to the letter, $ID being the request's id
//   --legacy          end on any request before initialize
//   --dies-on M       end when method M comes
//   --dies-after M    end as soon as method M was answered
//   --sleep MS        start reading after that many milliseconds
//   --per-request     speak 2026-07-28: answer server/discover, never answer subscriptions/listen, and end only when that was cancelled
//   --host MARK TOOL N  be a host of N such servers instead
string? Value(string flag) => Array.IndexOf(args, flag) is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : null;
bool Has(string flag) => args.Contains(flag);

if (args is ["--host", string mark, string tool, string count])
{
    await StubBackend.HostMode.RunAsync(mark, tool, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
    return 0;
}

StubServer server = new() { IsSilent = Has("--silent") };
Lock writing = new();
if (Value("--journal") is { } journal)
{
    server.OnJournal = line =>
    {
        lock (writing)
        {
            File.AppendAllText(journal, line + "\n");
        }
    };
    server.OnJournal($"start {Environment.ProcessId}");
}

if (Value("--stderr") is { } text)
{
    await Console.Error.WriteLineAsync(text);
}

if (Value("--exit") is { } code)
{
    return int.Parse(code, System.Globalization.CultureInfo.InvariantCulture);
}

using PosixSignalRegistration? ignore = Has("--stubborn") ? PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true) : null;
Stream output = Console.OpenStandardOutput();
SemaphoreSlim sending = new(1, 1);
if (Has("--noise"))
{
    await output.WriteAsync("npm notice\n{\"not\": \"mcp\"}\n[1,2]\n\n"u8.ToArray());
}

string? disguise = Value("--disguise");
if (disguise is not null)
{
    server.Disguise = () => File.Exists(disguise) ? JsonNode.Parse(File.ReadAllText(disguise)) as JsonObject : null;
}

string before = disguise is not null && File.Exists(disguise) ? File.ReadAllText(disguise) : "";
using Timer? watch = disguise is null ? null : new Timer(_ =>
{
    string now = File.Exists(disguise) ? File.ReadAllText(disguise) : "";
    if (Interlocked.Exchange(ref before, now) != now)
    {
        SendAsync(StubServer.ToolsChanged()).Wait();
    }
}, null, 100, 100);

JsonObject? raw = Value("--raw") is { } rawFile ? JsonNode.Parse(File.ReadAllText(rawFile)) as JsonObject : null;
if (Value("--sleep") is { } milliseconds)
{
    await Task.Delay(int.Parse(milliseconds, System.Globalization.CultureInfo.InvariantCulture));
}

bool introduced = false;
bool listens = false;
server.IsPerRequest = Has("--per-request");
using StreamReader input = new(Console.OpenStandardInput());
while (await input.ReadLineAsync() is { } line)
{
    if (JsonNode.Parse(line) is JsonObject message)
    {
        string? method = message["method"]?.GetValue<string>();
        string? key = method == "tools/call" ? message["params"]?["name"]?.GetValue<string>() : method;
        if (key is not null && raw?[key]?.GetValue<string>() is { } answer)
        {
            await WriteAsync(answer.Replace("$ID", message["id"]?.ToJsonString(), StringComparison.Ordinal));
            continue;
        }

        introduced |= method == "initialize";
        listens |= method == "subscriptions/listen";
        if ((Has("--legacy") && !introduced) || (method is not null && method == Value("--dies-on")))
        {
            server.Write($"dies on {method}");
            return 2;
        }

        if (method is not null && method == Value("--dies-after"))
        {
            await server.HandleAsync(message, SendAsync);
            return 3;
        }

        if (method == "notifications/cancelled" && listens)
        {
            server.Write("cancelled listen");
            listens = false;
        }

        _ = Task.Run(() => server.HandleAsync(message, SendAsync));
        if (Has("--deaf") && message["method"]?.GetValue<string>() == "notifications/initialized")
        {
            await Task.Delay(Timeout.Infinite);
        }
    }
}

server.Write("input ended");
if (Has("--stubborn") || listens)
{
    await Task.Delay(Timeout.Infinite);
}

return 0;

async Task SendAsync(JsonObject message)
{
    await WriteAsync(message.ToJsonString() + "\n");
}

async Task WriteAsync(string text)
{
    byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
    await sending.WaitAsync();
    try
    {
        await output.WriteAsync(bytes);
        await output.FlushAsync();
    }
    finally
    {
        sending.Release();
    }
}
