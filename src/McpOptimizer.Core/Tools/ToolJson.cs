using System.Buffers;
using System.Text;
using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;

namespace McpOptimizer.Core.Tools;

/// <summary>Writes tools as answers carry them: the stored definition as it is, and the server's name behind it.</summary>
internal static class ToolJson
{
    /// <summary>Writes one tool object.</summary>
    public static void Write(Utf8JsonWriter writer, IndexedTool tool)
    {
        // The definition is compact JSON of an object; what is added goes before its closing brace, so that nothing is parsed again.
        ReadOnlySpan<byte> definition = tool.DefinitionJson.Span;
        ReadOnlySpan<byte> server = Encoding.UTF8.GetBytes(JsonText.Inner(tool.ServerName));
        byte[] buffer = ArrayPool<byte>.Shared.Rent(definition.Length + server.Length + 32);
        int length = 0;
        Append(definition[..^1]);
        Append(definition.Length > 2 ? ",\"mcp_server_name\":\""u8 : "\"mcp_server_name\":\""u8);
        Append(server);
        Append("\"}"u8);
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
            Write(writer, tool.Hit.Tool);
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

    /// <summary>Runs a writer and gives the text.</summary>
    public static string Build(Action<Utf8JsonWriter> write) => JsonText.Write(write);
}
