namespace ToolHive.Client.Clients.Http;

/// <summary>Something that is not ToolHive answered. Never leaves the connection.</summary>
internal sealed class ForeignAnswerException(string message) : Exception(message);
