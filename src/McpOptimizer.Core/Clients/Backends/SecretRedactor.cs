using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>
/// Takes an endpoint's secrets, and a caller's own, out of texts that come from the backend: programs like to print their tokens when they fail,
/// as they are or as they travel (percent-encoded, escaped for JSON, in base64).
/// </summary>
internal sealed class SecretRedactor
{
    private const string Hidden = "***";
    private const int ShortestSecret = 6;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] SecretWords = ["token", "key", "secret", "password", "passwd", "pwd", "auth", "credential"];

    private readonly string[] _forms;
    private readonly SearchValues<string>? _any;
    private readonly CallerSecrets? _callers;

    /// <summary>Collects what is to be hidden.</summary>
    /// <param name="endpoint">The backend.</param>
    /// <param name="authorization">The caller's credentials; null for none.</param>
    /// <param name="callers">What other callers of the same endpoint gave it: a backend may print on one session what it got on another; null for none.</param>
    public SecretRedactor(BackendEndpoint endpoint, string? authorization = null, CallerSecrets? callers = null)
        : this(SecretsOf(endpoint).Concat(authorization is null ? [] : HeaderSecrets(authorization)))
    {
        _callers = callers;
    }

    private SecretRedactor(IEnumerable<string> secrets)
    {
        _forms =
        [
            .. secrets.Where(value => value.Length >= ShortestSecret)
                .Distinct(StringComparer.Ordinal)
                .SelectMany(Forms)
                .Where(form => form.Length >= ShortestSecret)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .OrderByDescending(form => form.Length),
        ];
        _any = _forms.Length == 0 ? null : SearchValues.Create(_forms, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Takes one caller's credentials out, and nothing else.</summary>
    public static SecretRedactor OfCaller(string authorization) => new(HeaderSecrets(authorization));

    /// <summary>The text without secrets.</summary>
    public string Redact(string text)
    {
        text = _callers?.Redact(text) ?? text;
        if (_any is null || text.AsSpan().IndexOfAny(_any) < 0)
        {
            return text;
        }

        foreach (string form in _forms)
        {
            text = text.Replace(form, Hidden, StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }

    /// <summary>JSON without secrets: texts in it are looked at as what they stand for, since each layer escapes the one within.</summary>
    public string RedactJson(string json)
    {
        try
        {
            using MemoryStream clean = new();
            using (Utf8JsonWriter writer = new(clean, Relaxed))
            {
                if (JsonNode.Parse(json) is { } node)
                {
                    Redact(node).WriteTo(writer);
                }
            }

            return Redact(Encoding.UTF8.GetString(clean.ToArray()));
        }
        catch (JsonException)
        {
            return Redact(json);
        }
    }

    private JsonNode Redact(JsonNode node)
    {
        switch (node)
        {
            case JsonObject members:
                JsonObject clean = [];
                foreach ((string name, JsonNode? member) in members)
                {
                    clean[Redact(name)] = member is null ? null : Redact(member);
                }

                return clean;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => item is null ? null : Redact(item))]);
            default:
                return node is JsonValue value && value.TryGetValue(out string? text) ? JsonValue.Create(Redact(text)) : node.DeepClone();
        }
    }

    private static IEnumerable<string> SecretsOf(BackendEndpoint endpoint) => endpoint.Environment.Values
        .Concat(endpoint.Headers.Values.SelectMany(HeaderSecrets))
        .Concat(endpoint.OAuth?.ClientSecret is { } secret ? [secret] : [])
        .Concat(SecretArguments(endpoint.Arguments))
        .Concat(endpoint.Arguments.Append(endpoint.Url?.OriginalString).OfType<string>().SelectMany(AddressSecrets));

    private static IEnumerable<string> HeaderSecrets(string value)
    {
        string[] parts = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> secrets = parts.Append(value);
        if (parts is [var scheme, var credentials] && scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
        {
            byte[] decoded = new byte[credentials.Length];
            if (Convert.TryFromBase64String(credentials, decoded, out int length))
            {
                string pair = Encoding.UTF8.GetString(decoded, 0, length);
                secrets = secrets.Append(pair).Append(pair[(pair.IndexOf(':', StringComparison.Ordinal) + 1)..]);
            }
        }

        return secrets;
    }

    // User-info and the values of the query; also of an address that a program is given as an argument.
    private static IEnumerable<string> AddressSecrets(string text)
    {
        int start = text.IndexOf("://", StringComparison.Ordinal);
        if (start < 0 || !Uri.TryCreate(text[(text.AsSpan(0, start).LastIndexOf('=') + 1)..], UriKind.Absolute, out Uri? address))
        {
            return [];
        }

        string[] user = address.UserInfo.Split(':', 2);
        IEnumerable<string> query = address.Query.TrimStart('?').Split('&').Select(pair => pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        return query.Append(address.UserInfo).Concat(user).SelectMany(value => new[] { value, Uri.UnescapeDataString(value) });
    }

    private static IEnumerable<string> Forms(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return Uri.EscapeDataString(secret).Replace("%20", "+", StringComparison.Ordinal);
        foreach (string escaped in Escaped(secret))
        {
            yield return escaped;
            foreach (string twice in Escaped(escaped))
            {
                // A text in JSON that quotes a text in JSON.
                yield return twice;
            }
        }

        yield return Convert.ToHexString(Encoding.UTF8.GetBytes(secret));
        for (int shift = 0; shift < 3; shift++)
        {
            string core = Base64Core(secret, shift);
            yield return core;
            yield return core.Replace('+', '-').Replace('/', '_');
        }
    }

    private static string[] Escaped(string text)
    {
        string relaxed = JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);
        return [JavaScriptEncoder.Default.Encode(text), relaxed, relaxed.Replace("/", "\\/", StringComparison.Ordinal)];
    }

    // The characters that a text always has in base64 when `shift` (modulo 3) other bytes stand before it; those at the ends depend on the neighbours.
    private static string Base64Core(string secret, int shift)
    {
        byte[] bytes = [.. new byte[shift], .. Encoding.UTF8.GetBytes(secret)];
        int start = shift == 0 ? 0 : shift + 1;
        int end = bytes.Length * 8 / 6;
        string text = Convert.ToBase64String(bytes);
        return end > start ? text[start..end] : "";
    }

    private static IEnumerable<string> SecretArguments(IReadOnlyList<string> arguments)
    {
        for (int at = 0; at < arguments.Count; at++)
        {
            string argument = arguments[at];
            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? argument : argument[..equals];
            if (!argument.StartsWith('-') || !Array.Exists(SecretWords, word => name.Contains(word, StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            if (equals >= 0)
            {
                yield return argument[(equals + 1)..];
            }
            else if (at + 1 < arguments.Count)
            {
                yield return arguments[at + 1];
            }
        }
    }
}
