using System.Text.Json;
using System.Text.RegularExpressions;

namespace EncoderTraining.Corpus.Sources;

/// <summary>Names and descriptions of tools for agents: public MCP server lists, LangChain, CrewAI, LlamaHub, and the list of public APIs.</summary>
internal sealed partial class ToolTextSource : IPairSource
{
    public string Name => "tools";

    public double Weight => 3;

    public IEnumerable<TrainingPair> Read(string root) => Registry(root).Concat(Python(root)).Concat(PublicApis(root)).Concat(Emoji(root)).Concat(Seeds(root));

    private static IEnumerable<TrainingPair> Registry(string root)
    {
        foreach (string file in SourceFiles.Below(root, "docker+mcp-registry", "tools.json"))
        {
            using JsonDocument? document = SourceFiles.Json(file);
            string server = Path.GetFileName(Path.GetDirectoryName(file))!;
            if (document is null || document.RootElement.ValueKind != JsonValueKind.Array)
            {
                continue;
            }

            foreach (JsonElement tool in document.RootElement.EnumerateArray())
            {
                IEnumerable<string> parameters = tool.Items("arguments").Select(argument => argument.Text("name")).OfType<string>();
                foreach (TrainingPair pair in OpenApiSource.Operation(
                    server, tool.Text("name") ?? "", null, tool.Text("description"), parameters, "mcp/" + server))
                {
                    yield return pair;
                }

                foreach (JsonElement argument in tool.Items("arguments").Where(argument => argument.Text("desc") is { Length: > 15 }))
                {
                    yield return new TrainingPair(
                        $"{tool.Text("name")} {argument.Text("name")}", TextCleaner.First(argument.Text("desc")!, 1), "mcp/" + server);
                }
            }
        }

        foreach (string file in SourceFiles.Below(root, "docker+mcp-registry", "server.yaml"))
        {
            using JsonDocument? document = SourceFiles.YamlAsJson(file);
            if (document is not null && document.RootElement.TryGetProperty("about", out JsonElement about)
                && about.Text("description") is { Length: > 15 } description)
            {
                yield return new TrainingPair(about.Text("title") ?? document.RootElement.Text("name") ?? "", TextCleaner.First(description, 2), "mcp");
            }
        }
    }

    private static IEnumerable<TrainingPair> Python(string root)
    {
        foreach (string folder in (string[])["langchain-ai+langchain-community/libs/community/langchain_community/tools", "crewAIInc+crewAI-tools/crewai_tools", "run-llama+llama-hub/llama_hub/tools"])
        {
            foreach (string file in SourceFiles.Below(root, folder, "*.py"))
            {
                string text = File.ReadAllText(file);
                foreach (Match match in NameAndDescription().Matches(text))
                {
                    string description = string.Concat(Literal().Matches(match.Groups[2].Value).Select(literal => literal.Groups[1].Value));
                    if (description.Length > 15)
                    {
                        yield return new TrainingPair(match.Groups[1].Value, TextCleaner.First(description, 2), folder);
                    }
                }

                foreach (Match match in Function().Matches(text))
                {
                    string[] sentences = TextCleaner.Sentences(match.Groups[2].Value.Split("Args:")[0]);
                    if (sentences.Length > 0 && !match.Groups[1].Value.StartsWith('_') && match.Groups[1].Value.Contains('_', StringComparison.Ordinal))
                    {
                        yield return new TrainingPair(match.Groups[1].Value, string.Join(' ', sentences.Take(2)), folder);
                    }
                }
            }
        }
    }

    private static IEnumerable<TrainingPair> PublicApis(string root)
    {
        string file = Path.Combine(root, "public-apis+public-apis", "README.md");
        if (!File.Exists(file))
        {
            yield break;
        }

        string category = "";
        foreach (string line in File.ReadLines(file))
        {
            if (line.StartsWith("### ", StringComparison.Ordinal))
            {
                category = line[4..];
            }
            else if (line.StartsWith("| [", StringComparison.Ordinal))
            {
                string[] cells = line.Split('|');
                yield return new TrainingPair(TextCleaner.Plain(cells[1]), TextCleaner.Plain(cells[2]), "public-apis/" + category);
                yield return new TrainingPair(category, TextCleaner.Plain(cells[2]), "public-apis", category);
            }
        }
    }

    private static IEnumerable<TrainingPair> Emoji(string root)
    {
        foreach (string file in SourceFiles.Below(root, "unicode-org+cldr-json/cldr-json/cldr-annotations-full/annotations/en", "annotations.json"))
        {
            using JsonDocument? document = SourceFiles.Json(file);
            foreach (JsonProperty entry in document!.RootElement.GetProperty("annotations").Members("annotations"))
            {
                string name = string.Join(' ', entry.Value.Items("tts").Select(text => text.GetString()));
                string words = string.Join(' ', entry.Value.Items("default").Select(text => text.GetString()));
                yield return new TrainingPair(name, words, "emoji");
            }
        }
    }

    private static IEnumerable<TrainingPair> Seeds(string root)
    {
        foreach (string line in SourceFiles.Below(root, "yizhongw+self-instruct", "seed_tasks.jsonl").SelectMany(File.ReadLines))
        {
            using JsonDocument row = JsonDocument.Parse(line);
            yield return new TrainingPair(row.RootElement.Text("instruction") ?? "", row.RootElement.Text("name") ?? "", "seeds");
        }
    }

    [GeneratedRegex("""\bname\s*(?::\s*str)?\s*=\s*"([^"]+)"\s*,?\s*\n\s*description\s*(?::\s*str)?\s*=\s*(\(\s*(?:f?"(?:[^"\\]|\\.)*"\s*)+\)|"(?:[^"\\]|\\.)*")""")]
    private static partial Regex NameAndDescription();

    [GeneratedRegex("""
        "((?:[^"\\]|\\.)*)"
        """)]
    private static partial Regex Literal();

    [GeneratedRegex("def (\\w+)\\([^)]*\\)[^:]*:\\s*\"\"\"(.+?)\"\"\"", RegexOptions.Singleline)]
    private static partial Regex Function();
}
