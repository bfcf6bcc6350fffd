using System.Buffers;
using System.Text;
using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;

namespace McpOptimizer.Core.Tools;

/// <summary>Writes tools as answers carry them: the stored definition as it is, and the server's name behind it.</summary>
internal static class ToolJson
{
    /// <summary>Writes one tool object; <c>also_on</c> where other servers list it too.</summary>
    public static void Write(Utf8JsonWriter writer, IndexedTool tool, IReadOnlyList<string>? alsoOn = null)
    {
        // The definition is compact JSON of an object; what is added goes before its closing brace, so that nothing is parsed again.
        ReadOnlySpan<byte> definition = tool.DefinitionJson.Span;
        ReadOnlySpan<byte> server = Encoding.UTF8.GetBytes(JsonText.Inner(tool.ServerName));
        ReadOnlySpan<byte> others = alsoOn is { Count: > 0 } ? Encoding.UTF8.GetBytes($",\"also_on\":{List(alsoOn)}") : default;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(definition.Length + server.Length + others.Length + 32);
        int length = 0;
        Append(definition[..^1]);
        Append(definition.Length > 2 ? ",\"mcp_server_name\":\""u8 : "\"mcp_server_name\":\""u8);
        Append(server);
        Append("\""u8);
        Append(others);
        Append("}"u8);
        writer.WriteRawValue(buffer.AsSpan(0, length), skipInputValidation: true);
        ArrayPool<byte>.Shared.Return(buffer);

        void Append(ReadOnlySpan<byte> part)
        {
            part.CopyTo(buffer.AsSpan(length));
            length += part.Length;
        }
    }

    /// <summary>Writes one found tool, whole or in short.</summary>
    public static void Write(Utf8JsonWriter writer, FoundTool tool)
    {
        if (tool.Detail == ToolDetail.Full)
        {
            Write(writer, tool.Hit.Tool, tool.Hit.AlsoOn);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("name"u8, tool.Hit.Tool.Name);
        writer.WriteString("mcp_server_name"u8, tool.Hit.Tool.ServerName);
        if (tool.Summary.Purpose.Length > 0)
        {
            writer.WriteString("purpose"u8, tool.Summary.Purpose);
        }

        writer.WriteString("signature"u8, tool.Summary.Signature);
        if (tool.Hit.AlsoOn.Count > 0)
        {
            writer.WritePropertyName("also_on"u8);
            writer.WriteRawValue(List(tool.Hit.AlsoOn));
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes token metrics under both names of the saved share: the original's and its successor's.</summary>
    public static void Write(Utf8JsonWriter writer, TokenMetrics metrics)
    {
        double share = Math.Round(metrics.SavingsPercentage, 2);
        writer.WriteStartObject("token_metrics"u8);
        writer.WriteNumber("baseline_tokens"u8, metrics.BaselineTokens);
        writer.WriteNumber("returned_tokens"u8, metrics.ReturnedTokens);
        writer.WriteNumber("tokens_saved"u8, metrics.TokensSaved);
        writer.WriteNumber("savings_percentage"u8, share);
        writer.WriteNumber("savings_percent"u8, share);
        writer.WriteEndObject();
    }

    /// <summary>Names as a JSON list; the same as the answer's cost is counted with.</summary>
    public static string List(IReadOnlyList<string> names) => $"[{string.Join(',', names.Select(name => $"\"{JsonText.Inner(name)}\""))}]";

    /// <summary>Runs a writer and gives the text.</summary>
    public static string Build(Action<Utf8JsonWriter> write) => JsonText.Write(write);
}
