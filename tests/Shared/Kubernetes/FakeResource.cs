using System.Text.Json.Nodes;

namespace Shared.Kubernetes;

/// <summary>One change of a resource, as a watch reports it.</summary>
/// <param name="Version">Resource version of the change.</param>
/// <param name="Type"><c>ADDED</c>, <c>MODIFIED</c> or <c>DELETED</c>.</param>
/// <param name="Plural">Kind in the plural.</param>
/// <param name="Namespace">Namespace.</param>
/// <param name="Resource">The resource after the change.</param>
internal sealed record FakeResource(long Version, string Type, string Plural, string Namespace, JsonObject Resource);
