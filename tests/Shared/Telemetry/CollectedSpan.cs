namespace Shared.Telemetry;

/// <summary>A span as a collector gets it; ids in hexadecimal.</summary>
/// <param name="Service">Which service sent it.</param>
/// <param name="Source">The name of its source.</param>
/// <param name="TraceId">The trace.</param>
/// <param name="SpanId">Itself.</param>
/// <param name="ParentId">What it is part of; empty for the first of a trace.</param>
/// <param name="Name">Its name.</param>
public sealed record CollectedSpan(string Service, string Source, string TraceId, string SpanId, string ParentId, string Name);
