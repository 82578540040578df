# A push that brings no tag starts nothing. What git says is read once and handed to what stands below.
git_postmortem_lines=$(cat)
git_postmortem_tags=
case $git_postmortem_lines in
*" refs/tags/"*)
    while IFS= read -r git_postmortem_line; do
        case $git_postmortem_line in
        "(delete) "*) ;;
        *" refs/tags/"*) git_postmortem_tags=yes ;;
        esac
    done <<GIT_POSTMORTEM
$git_postmortem_lines
GIT_POSTMORTEM
    ;;
esac
if [ -n "$git_postmortem_tags" ]; then
    # husky 8 runs a hook a second time from within itself: the same question was answered then.
    git_postmortem_question="${1-} ${2-} $git_postmortem_lines"
    if [ "${git_postmortem_answered-}" != "$git_postmortem_question" ]; then
        @find@
        printf "%s\n" "$git_postmortem_lines" | "$git_postmortem" hook run pre-push "${1-}" "${2-}" >&2 || exit $?
        # What is handed down as a variable must not be too long to start anything.
        if [ -f "${0%/*}/_/husky.sh" ] && [ "${#git_postmortem_question}" -lt 60000 ]; then
            git_postmortem_answered=$git_postmortem_question
            export git_postmortem_answered
        fi
    fi
fi
if [ -n "$git_postmortem_lines" ]; then
    exec <<GIT_POSTMORTEM
$git_postmortem_lines
GIT_POSTMORTEM
else
    exec </dev/null
fi
unset git_postmortem git_postmortem_place git_postmortem_line git_postmortem_lines git_postmortem_tags
unset git_postmortem_question
