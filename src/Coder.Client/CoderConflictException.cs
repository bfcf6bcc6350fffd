using System.Net;

namespace Coder.Client;

/// <summary>409: the name is in use, another build is active, or the task is not ready for this.</summary>
public sealed class CoderConflictException(string message) : CoderApiException(message, HttpStatusCode.Conflict);
