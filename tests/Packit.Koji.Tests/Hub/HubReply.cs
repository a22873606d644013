namespace Packit.Koji.Tests.Hub;

/// <summary>What the stub answers to a call that it took.</summary>
internal sealed record HubReply(byte[] Body)
{
    public int Status { get; init; } = 200;

    public string ContentType { get; init; } = "text/xml";

    /// <summary>How the body is packed, for the header that says so.</summary>
    public string? Encoding { get; init; }

    /// <summary>The connection is cut instead of an answer, after the call was taken.</summary>
    public bool IsLost { get; init; }

    /// <summary>The body is sent again and again, without end.</summary>
    public bool NeverEnds { get; init; }

    /// <summary>The body comes, but not its end.</summary>
    public bool Hangs { get; init; }

    /// <summary>Nothing was changed, so the number of the call is not kept.</summary>
    public bool IsFault { get; init; }

    public static HubReply Of(string value) => Raw(Xml.Answer(value));

    public static HubReply Fault(int code, string text) => Raw(Xml.Fault(code, text)) with { IsFault = true };

    public static HubReply Raw(string body) => new(System.Text.Encoding.UTF8.GetBytes(body));

    public static HubReply Page(int status, string type = "text/html") => Raw("<!DOCTYPE html><html><body>Trouble</body></html>") with { Status = status, ContentType = type };

    public static HubReply Lost { get; } = new([]) { IsLost = true };
}

/// <summary>What the stub was asked.</summary>
/// <param name="Shown">The call in one line.</param>
/// <param name="Session">The session it came in; null when it came in none.</param>
/// <param name="Number">The number of the call.</param>
internal sealed record HubCall(string Method, string Shown, int? Session, int? Number)
{
    public override string ToString() => Session is null ? Shown : $"{Session}#{Number} {Shown}";
}
