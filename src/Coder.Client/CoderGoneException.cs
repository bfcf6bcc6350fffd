using System.Net;

namespace Coder.Client;

/// <summary>410: the workspace was deleted.</summary>
public sealed class CoderGoneException(string message) : CoderApiException(message, HttpStatusCode.Gone);
