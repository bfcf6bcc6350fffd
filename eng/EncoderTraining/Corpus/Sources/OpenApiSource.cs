using System.Text.Json;

namespace EncoderTraining.Corpus.Sources;

/// <summary>OpenAPI and Swagger files, JSON or YAML: operation name, summary, description, parameters.</summary>
internal sealed class OpenApiSource : IPairSource
{
    private const long MaxFile = 12_000_000;

    private static readonly string[] Folders =
    [
        "XeroAPI+Xero-OpenAPI", "amadeus4dev+amadeus-open-api-specification", "box+box-openapi", "cloudflare+api-schemas", "digitalocean+openapi",
        "discord+discord-api-spec", "docusign+OpenAPI-Specifications", "elastic+elasticsearch-specification", "googlemaps+openapi-specification",
        "intercom+Intercom-OpenAPI", "microsoft+PowerPlatformConnectors", "openai+openai-openapi", "sendgrid+sendgrid-oai",
        "slackapi+slack-api-specs", "sonallux+spotify-web-api", "square+connect-api-specification", "stripe+openapi", "twilio+twilio-oai",
    ];

    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch", "head"];

    public string Name => "openapi";

    public double Weight => 4;

    public IEnumerable<TrainingPair> Read(string root)
    {
        foreach (string folder in Folders)
        {
            HashSet<string> seen = [];
            foreach (string file in SourceFiles.Below(root, folder, "*").Where(IsSpecification))
            {
                using JsonDocument? document = file.EndsWith(".json", StringComparison.Ordinal) ? SourceFiles.Json(file) : SourceFiles.YamlAsJson(file);
                if (document is null)
                {
                    continue;
                }

                foreach (TrainingPair pair in Api(document.RootElement, folder).Where(pair => seen.Add(pair.Query + "\n" + pair.Document)))
                {
                    yield return pair;
                }
            }
        }
    }

    /// <summary>All pairs of one operation.</summary>
    public static IEnumerable<TrainingPair> Operation(string api, string id, string? summary, string? description, IEnumerable<string> parameters, string group)
    {
        string title = TextCleaner.Plain(summary).TrimEnd('.');
        string[] sentences = TextCleaner.Sentences(description);
        string[] names = [.. parameters.Take(8)];
        if (title.Length > 0)
        {
            yield return new TrainingPair(title, $"{api} {id}", group);
        }

        if (sentences.Length > 0)
        {
            string head = string.Join(' ', sentences.Take(2));
            yield return new TrainingPair($"{api} {id}", head, group);
            if (title.Length > 0 || sentences.Length > 1)
            {
                // As the product describes a tool to the encoder.
                string query = title.Length > 0 ? title : sentences[^1];
                yield return new TrainingPair(query, $"Server: {api} | Tool: {id} | Description: {sentences[0]}", group);
            }

            if (title.Length > 0 && !sentences[0].StartsWith(title, StringComparison.OrdinalIgnoreCase))
            {
                yield return new TrainingPair(title, head, group);
            }

            if (sentences.Length > 1)
            {
                yield return new TrainingPair(sentences[0], string.Join(' ', sentences.Skip(1).Take(2)), group);
            }
        }

        if (names.Length > 1 && (title.Length > 0 || sentences.Length > 0))
        {
            yield return new TrainingPair(title.Length > 0 ? title : sentences[0], $"{id} {string.Join(' ', names)}", group);
        }
    }

    private static bool IsSpecification(string file) =>
        (file.EndsWith(".json", StringComparison.Ordinal) || file.EndsWith(".yaml", StringComparison.Ordinal)
            || file.EndsWith(".yml", StringComparison.Ordinal))
        && !file.Contains("test", StringComparison.OrdinalIgnoreCase) && !file.Contains("example", StringComparison.OrdinalIgnoreCase)
        && !file.Contains("preview", StringComparison.OrdinalIgnoreCase) && new FileInfo(file).Length < MaxFile;

    private static IEnumerable<TrainingPair> Api(JsonElement api, string folder)
    {
        if (api.Text("operationId") is { } single)
        {
            // One operation per file.
            foreach (TrainingPair pair in Operation(Vendor(folder), single, api.Text("summary"), api.Text("description"), ParameterNames(api), folder))
            {
                yield return pair;
            }
        }

        string title = Title(api, folder);
        string about = api.ValueKind == JsonValueKind.Object && api.TryGetProperty("info", out JsonElement info)
            ? TextCleaner.First(info.Text("description") ?? "", 2)
            : "";
        if (about.Length > 20)
        {
            yield return new TrainingPair(title, about, folder);
        }

        foreach (JsonProperty path in api.Members("paths"))
        {
            foreach (string method in Methods)
            {
                if (path.Value.ValueKind != JsonValueKind.Object || !path.Value.TryGetProperty(method, out JsonElement operation)
                    || operation.ValueKind != JsonValueKind.Object)
                {
                    continue;
                }

                string id = operation.Text("operationId") ?? $"{method} {path.Name}";
                foreach (TrainingPair pair in Operation(
                    title, id, operation.Text("summary"), operation.Text("description"), ParameterNames(operation), $"{folder}/{title}"))
                {
                    yield return pair;
                }
            }
        }
    }

    private static string Title(JsonElement api, string folder) =>
        folder.StartsWith("microsoft", StringComparison.Ordinal) && api.TryGetProperty("info", out JsonElement info)
            && info.Text("title") is { Length: > 0 and < 60 } title
            ? title
            : Vendor(folder);

    private static string Vendor(string folder) => folder.Split('+')[0].Replace("api", "", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> ParameterNames(JsonElement operation) =>
        operation.Items("parameters").Select(parameter => parameter.Text("name")).OfType<string>();
}
