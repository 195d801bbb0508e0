# 在解开的档案目录中执行：sh 核验.sh。只需要 OpenSSL 3 和任意 POSIX shell。
tab=$(printf '\t')
sm3() { sum=$(openssl dgst -sm3 -r); printf '%s' "${sum%% *}"; }
bad=0
wrong() { echo "不一致：$1"; bad=1; }

# 一、材料和文书文字：每个文件的摘要与目录一致。
while IFS="$tab" read -r file what check; do
    case "$check" in
        "SM3 "*) [ -f "$file" ] && [ "SM3 $(sm3 < "$file")" = "$check" ] || wrong "$file" ;;
    esac
done < 目录.txt

# 二、台账：逐条由前一条的摘要和本条内容的摘要算出本条的摘要，直到末条；可读的记录与链中同一序号的内容摘要一致。
for folder in 台账/*/; do
    [ -f "${folder}链.txt" ] || continue
    previous=$(cat "${folder}起点.txt")
    while IFS="$tab" read -r seq digest hash; do
        previous=$(printf '%s%s' "$previous" "$digest" | sm3)
        [ "$previous" = "$hash" ] || { wrong "${folder}链.txt 第${seq}条"; break; }
    done < "${folder}链.txt"
    while IFS="$tab" read -r seq text; do
        grep -q "^$seq$tab$(printf '%s' "$text" | sm3)$tab" "${folder}链.txt" || wrong "${folder}记录.txt 第${seq}条"
    done < "${folder}记录.txt"
    echo "${folder} 末条摘要：$previous"
done

[ "$bad" = 0 ] && echo "核验通过" || echo "核验未通过"
exit "$bad"
