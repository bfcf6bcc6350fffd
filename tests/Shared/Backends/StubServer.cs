using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Shared.Backends;

/// <summary>
/// A small MCP server (handshake era) written against the wire and not the SDK, so that it can misbehave. How messages travel is the caller's.
/// </summary>
public sealed class StubServer
{
    private static readonly string[] ListedNames =
    [
        "echo", "pid", "env", "slow", "hang", "flood", "ask", "progress", "crash", "fail", "error", "odd", "grow", "fork",
    ];

    private readonly ConcurrentDictionary<string, CancellationTokenSource> _running = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonObject>> _questions = new();
    private int _nextQuestion;

    /// <summary>How many tools it lists of itself.</summary>
    public static int BuiltInTools => ListedNames.Length;

    /// <summary>Everything that arrived, one line a message, and what became of it.</summary>
    public ConcurrentQueue<string> Journal { get; } = new();

    /// <summary>Also told each line of the journal.</summary>
    public Action<string>? OnJournal { get; set; }

    /// <summary>Names of tools besides the built-in ones; they echo.</summary>
    public IList<string> ExtraTools { get; } = [];

    /// <summary>Resources as they are listed.</summary>
    public IList<JsonObject> Resources { get; } = [new JsonObject { ["uri"] = "stub://one", ["name"] = "one", ["title"] = null }];

    /// <summary>What every resource holds.</summary>
    public string ResourceText { get; set; } = "content of one";

    /// <summary>Prompts as they are listed.</summary>
    public IList<JsonObject> Prompts { get; } = [new JsonObject { ["name"] = "greet", ["description"] = "Greets." }];

    /// <summary>Whether resources and prompts are among its capabilities.</summary>
    public bool HasOfferings { get; set; } = true;

    /// <summary>Tools on one page of the listing; 0 for one page.</summary>
    public int PageSize { get; set; }

    /// <summary>Whether the listing's next page is always the same one.</summary>
    public bool RepeatsCursor { get; set; }

    /// <summary>Whether there is always one more page.</summary>
    public bool EndlessPages { get; set; }

    /// <summary>Whether it speaks 2026-07-28: it answers <c>server/discover</c> and leaves <c>subscriptions/listen</c> open.</summary>
    public bool IsPerRequest { get; set; }

    /// <summary>Whether cursors of the listing are numbers, as some servers send them.</summary>
    public bool NumbersAsCursors { get; set; }

    /// <summary>Whether nothing is answered, not even a ping.</summary>
    public bool IsSilent { get; set; }

    /// <summary>
    /// What differs from the usual, asked at each introduction and listing: member <c>instructions</c>, and <c>tools</c> with members by tool name that
    /// replace or add to those of its definition. Null for nothing.
    /// </summary>
    public Func<JsonObject?>? Disguise { get; set; }

    /// <summary>Result members of the tool <c>odd</c>.</summary>
    public JsonObject OddResult { get; set; } = new()
    {
        ["content"] = new JsonArray(new JsonObject { ["type"] = "hologram", ["depth"] = 3, ["extra"] = null }),
        ["structuredContent"] = new JsonObject { ["nothing"] = null, ["deep"] = new JsonArray(1, 2) },
        ["_meta"] = new JsonObject { ["trace"] = "abc" },
        ["vendor"] = true,
    };

    /// <summary>Calls that have begun, by tool name.</summary>
    public int Calls(string tool) => Journal.Count(line => line.StartsWith("call " + tool + " ", StringComparison.Ordinal));

    /// <summary>Deals with one message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="send">Sends a message on the stream that belongs to this one.</param>
    /// <param name="cancellationToken">Ends with the stream.</param>
    public async Task HandleAsync(JsonObject message, Func<JsonObject, Task> send, CancellationToken cancellationToken = default)
    {
        string? method = message["method"]?.GetValue<string>();
        JsonNode? id = message["id"];
        if (method is null)
        {
            if (_questions.TryRemove(id?.ToString() ?? "", out TaskCompletionSource<JsonObject>? question))
            {
                question.TrySetResult(message);
            }

            return;
        }

        Write($"{method} {id?.ToString()}");
        if (IsSilent)
        {
            return;
        }

        JsonObject parameters = message["params"] as JsonObject ?? [];
        switch (method)
        {
            case "initialize":
                await send(Result(id, Introduction(parameters, Disguise?.Invoke())));
                break;
            case "server/discover" when IsPerRequest:
                await send(Result(id, new JsonObject
                {
                    ["resultType"] = "complete",
                    ["supportedVersions"] = new JsonArray("2026-07-28"),
                    ["capabilities"] = new JsonObject { ["tools"] = new JsonObject { ["listChanged"] = true } },
                }));
                break;
            case "subscriptions/listen" when IsPerRequest:
                break;
            case "ping":
                await send(Result(id, []));
                break;
            case "tools/list":
                await send(Result(id, ListTools(parameters["cursor"])));
                break;
            case "tools/call":
                await CallAsync(id!, parameters, send, cancellationToken);
                break;
            case "resources/list":
                await send(Result(id, new JsonObject { ["resources"] = new JsonArray([.. Resources.Select(resource => resource.DeepClone())]) }));
                break;
            case "resources/templates/list":
                await send(Result(id, new JsonObject { ["resourceTemplates"] = new JsonArray(new JsonObject { ["uriTemplate"] = "stub://{id}", ["name"] = "any" }) }));
                break;
            case "resources/read":
                await send(Result(id, new JsonObject { ["contents"] = new JsonArray(new JsonObject { ["uri"] = parameters["uri"]?.DeepClone(), ["text"] = ResourceText }) }));
                break;
            case "prompts/list":
                await send(Result(id, new JsonObject { ["prompts"] = new JsonArray([.. Prompts.Select(prompt => prompt.DeepClone())]) }));
                break;
            case "prompts/get":
                await send(Result(id, new JsonObject
                {
                    ["messages"] = new JsonArray(new JsonObject
                    {
                        ["role"] = "user",
                        ["content"] = new JsonObject { ["type"] = "text", ["text"] = "Hello " + parameters["arguments"]?["who"] },
                    }),
                }));
                break;
            case "notifications/cancelled":
                if (_running.TryGetValue(parameters["requestId"]?.ToString() ?? "", out CancellationTokenSource? running))
                {
                    await running.CancelAsync();
                }

                break;
            default:
                if (id is not null)
                {
                    await send(Error(id, -32601, "Method not found"));
                }

                break;
        }
    }

    /// <summary>A notification that the tools changed.</summary>
    public static JsonObject ToolsChanged() => Changed("tools");

    /// <summary>A notification that tools, resources or prompts changed.</summary>
    public static JsonObject Changed(string what) => new() { ["jsonrpc"] = "2.0", ["method"] = $"notifications/{what}/list_changed" };

    /// <summary>A JSON-RPC error.</summary>
    public static JsonObject Error(JsonNode? id, int code, string text) =>
        new() { ["jsonrpc"] = "2.0", ["id"] = id?.DeepClone(), ["error"] = new JsonObject { ["code"] = code, ["message"] = text } };

    // The id goes last, as the TypeScript SDK writes it.
    private static JsonObject Result(JsonNode? id, JsonObject result) => new() { ["result"] = result, ["jsonrpc"] = "2.0", ["id"] = id?.DeepClone() };

    private static JsonObject Text(string text) => new() { ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }) };

    private JsonObject Introduction(JsonObject parameters, JsonObject? disguise) => new()
    {
        ["protocolVersion"] = parameters["protocolVersion"]?.DeepClone() ?? "2025-06-18",
        ["capabilities"] = new JsonObject
        {
            ["tools"] = new JsonObject { ["listChanged"] = true },
            ["resources"] = HasOfferings ? new JsonObject { ["listChanged"] = true } : null,
            ["prompts"] = HasOfferings ? new JsonObject { ["listChanged"] = true } : null,
        },
        ["serverInfo"] = new JsonObject { ["name"] = "stub", ["version"] = "1.0", ["title"] = "Stub server" },
        ["instructions"] = disguise?["instructions"]?.DeepClone() ?? "Use with care.",
    };

    private static JsonObject Tool(string name, JsonObject? disguise)
    {
        JsonObject tool = Tool(name);
        foreach ((string member, JsonNode? value) in disguise?["tools"]?[name] as JsonObject ?? [])
        {
            tool[member] = value?.DeepClone();
        }

        return tool;
    }

    private static JsonObject Tool(string name) => new()
    {
        ["name"] = name,
        ["title"] = null,
        ["description"] = $"Does {name}.",
        ["inputSchema"] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["text"] = new JsonObject { ["type"] = "string", ["default"] = null } },
        },
        ["outputSchema"] = null,
        ["annotations"] = new JsonObject { ["title"] = $"The {name}", ["readOnlyHint"] = true, ["destructiveHint"] = null },
    };

    private JsonObject ListTools(JsonNode? cursor)
    {
        string[] names = [.. ListedNames, .. ExtraTools];
        int start = int.Parse(cursor?.ToString() ?? "0", CultureInfo.InvariantCulture);
        int size = PageSize == 0 ? names.Length : PageSize;
        JsonObject page = new() { ["tools"] = new JsonArray([.. names.Skip(start).Take(size).Select(name => Tool(name, Disguise?.Invoke()))]) };
        if (RepeatsCursor)
        {
            page["nextCursor"] = "0";
        }
        else if (EndlessPages || start + size < names.Length)
        {
            page["nextCursor"] = NumbersAsCursors ? start + size : (start + size).ToString(CultureInfo.InvariantCulture);
        }

        return page;
    }

    private async Task CallAsync(JsonNode id, JsonObject parameters, Func<JsonObject, Task> send, CancellationToken cancellationToken)
    {
        string name = parameters["name"]?.GetValue<string>() ?? "";
        JsonObject arguments = parameters["arguments"] as JsonObject ?? [];
        using CancellationTokenSource cancelled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _running[id.ToString()] = cancelled;
        Write($"call {name} {id}");
        try
        {
            JsonObject? answer = await AnswerAsync(name, id, arguments, parameters["_meta"] as JsonObject, send, cancelled.Token);
            if (answer is not null)
            {
                await send(answer);
                Write($"answered {name} {id}");
            }
        }
        catch (OperationCanceledException)
        {
            Write($"cancelled {name} {id}");
        }
        finally
        {
            _running.TryRemove(id.ToString(), out _);
        }
    }

    private async Task<JsonObject?> AnswerAsync(
        string name, JsonNode id, JsonObject arguments, JsonObject? meta, Func<JsonObject, Task> send, CancellationToken cancellationToken)
    {
        switch (name)
        {
            case "pid":
                return Result(id, Text(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            case "env":
                return Result(id, Text(Environment.GetEnvironmentVariable(arguments["name"]!.GetValue<string>()) ?? "(unset)"));
            case "slow":
                await Task.Delay(arguments["ms"]!.GetValue<int>(), cancellationToken);
                return Result(id, Text("done"));
            case "hang":
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return null;
            case "flood":
                return Result(id, Text(new string('x', arguments["bytes"]!.GetValue<int>())));
            case "ask":
                return Result(id, Text((await AskAsync(send, cancellationToken)).ToJsonString()));
            case "progress":
                for (int step = 1; step <= arguments["steps"]!.GetValue<int>(); step++)
                {
                    await send(new JsonObject
                    {
                        ["jsonrpc"] = "2.0",
                        ["method"] = "notifications/progress",
                        ["params"] = new JsonObject { ["progressToken"] = meta?["progressToken"]?.DeepClone(), ["progress"] = step, ["message"] = $"step {step}" },
                    });
                }

                return Result(id, Text("done"));
            case "long":
                for (int step = 1; step <= arguments["steps"]!.GetValue<int>(); step++)
                {
                    await Task.Delay(arguments["ms"]!.GetValue<int>(), cancellationToken);
                    await send(new JsonObject
                    {
                        ["jsonrpc"] = "2.0",
                        ["method"] = "notifications/progress",
                        ["params"] = new JsonObject { ["progressToken"] = meta?["progressToken"]?.DeepClone(), ["progress"] = step },
                    });
                }

                return Result(id, Text("done"));
            case "crash":
                Environment.Exit(3);
                return null;
            case "fail":
                JsonObject failed = Text("no luck");
                failed["isError"] = true;
                return Result(id, failed);
            case "error":
                return Error(id, -32050, "odd state");
            case "odd":
                return Result(id, (JsonObject)OddResult.DeepClone());
            case "grow":
                ExtraTools.Add(arguments["name"]!.GetValue<string>());
                await send(ToolsChanged());
                return Result(id, Text("grown"));
            case "escape":
                return Result(id, Text(Escape().ToString(CultureInfo.InvariantCulture)));
            case "fork":
                return Result(id, Text(Fork()));
            default:
                return Result(id, Text(arguments["text"]?.ToString() ?? ""));
        }
    }

    private async Task<JsonObject> AskAsync(Func<JsonObject, Task> send, CancellationToken cancellationToken)
    {
        string id = $"q{Interlocked.Increment(ref _nextQuestion)}";
        TaskCompletionSource<JsonObject> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _questions[id] = answer;
        await send(new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = id,
            ["method"] = "elicitation/create",
            ["params"] = new JsonObject
            {
                ["message"] = "Your name?",
                ["requestedSchema"] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject { ["name"] = new JsonObject { ["type"] = "string" } },
                },
            },
        });
        JsonObject message = await answer.Task.WaitAsync(cancellationToken);
        return message["result"] as JsonObject ?? new JsonObject { ["refused"] = message["error"]?["message"]?.DeepClone() };
    }

    // A grandchild that leaves the group and keeps nothing of the environment, while its parent lives on.
    private static int Escape()
    {
        System.Diagnostics.ProcessStartInfo start = new("/bin/sh") { UseShellExecute = false, RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("setsid env -i sleep 600 >/dev/null 2>&1 & echo $!; exec sleep 600 >/dev/null 2>&1");
        using System.Diagnostics.Process parent = System.Diagnostics.Process.Start(start)!;
        return int.Parse(parent.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }

    // One child in the group, one that leaves it, and one whose parent is gone.
    private static string Fork()
    {
        string[] scripts = ["sleep 600", "setsid sleep 600 & sleep 600", "(setsid sh -c 'sleep 600 & exec sleep 600' &) ; sleep 600"];
        foreach (string script in scripts)
        {
            System.Diagnostics.ProcessStartInfo start = new("/bin/sh") { UseShellExecute = false };
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(script);
            System.Diagnostics.Process.Start(start)!.Dispose();
        }

        return "forked";
    }

    /// <summary>Adds a line to the journal.</summary>
    public void Write(string line)
    {
        Journal.Enqueue(line);
        OnJournal?.Invoke(line);
    }
}
